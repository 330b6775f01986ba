/**
 * The server's half of DTLS-SRTP (RFC 5763, RFC 5764, RFC 6347), by BouncyCastle.
 *
 * <p>Enters: the datagrams of a browser, the fingerprint of its certificate. Leaves: datagrams to
 * it, the keys of SRTP. Owns: the node's certificate, which is made at its start and forgotten at
 * its end; for each session at most {@value io.kydai.streaming.live.whep.dtls.DatagramQueue#MOST}
 * datagrams that wait.
 */
@NullMarked
package io.kydai.streaming.live.whep.dtls;

import org.jspecify.annotations.NullMarked;
