/**
 * Secure RTP and RTCP (RFC 3711, RFC 7714) of one session, on the JDK's ciphers.
 *
 * <p>Enters: the keys that a DTLS handshake exported, packets. Leaves: packets that are protected,
 * and those of the peer that are authentic. Owns: the session's keys, which live as long as it.
 */
@NullMarked
package io.kydai.streaming.live.whep.srtp;

import org.jspecify.annotations.NullMarked;
