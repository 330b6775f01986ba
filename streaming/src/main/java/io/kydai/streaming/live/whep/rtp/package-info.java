/**
 * RTP of one session: a camera's H.264 in packets (RFC 6184), the times that they bear, and those
 * that may be asked for again.
 *
 * <p>Enters: access units. Leaves: packets. Owns: the newest packets of a session, at most {@value
 * io.kydai.streaming.live.whep.rtp.PacketHistory#MOST}.
 */
@NullMarked
package io.kydai.streaming.live.whep.rtp;

import org.jspecify.annotations.NullMarked;
