/**
 * The RTP stream of a viewer (RFC 3550) and the ways that it takes: between RTSP's messages, or
 * over UDP.
 *
 * <p>Enters: access units, on the thread of the camera's stream. Leaves: packets and sender reports
 * on the channels, on their event loops.
 *
 * <p>Owns: the UDP ports; each packet's buffer, from when it is made until the channel has it.
 */
@NullMarked
package io.kydai.streaming.live.rtsp.transport;

import org.jspecify.annotations.NullMarked;
