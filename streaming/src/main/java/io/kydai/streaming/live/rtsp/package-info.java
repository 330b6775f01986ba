/**
 * Live streams for other video systems, which pull them by RTSP (RFC 2326): {@code
 * rtsp://host/camera}, described in {@code docs/rtsp.md}.
 *
 * <p>Enters: connections, requests, receiver reports; live events of the cameras, on any thread.
 * Leaves: each camera's own access units as RTP (RFC 3550) with sender reports that carry the
 * camera's wall clock, interleaved with RTSP or over UDP. Nothing is encoded again. Who may watch
 * what is asked of a {@link io.kydai.streaming.live.rtsp.RtspEntrance}.
 *
 * <p>Owns: its sockets and event loops; of each viewer a session, and at most {@value
 * io.kydai.streaming.live.rtsp.transport.MediaTransport#MOST_UNSENT} bytes (and one picture) that
 * wait to be sent. A buffer belongs to the transport from when it is made until the channel has
 * sent it.
 */
@NullMarked
package io.kydai.streaming.live.rtsp;

import org.jspecify.annotations.NullMarked;
