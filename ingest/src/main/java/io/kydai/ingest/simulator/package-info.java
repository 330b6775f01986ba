/**
 * A camera simulator: an RTSP 1.0 server (RFC 2326) that plays H.264, H.265 and JPEG files in an
 * endless loop and misbehaves on request. It serves the demo, tests, and trials of Kydai or of any
 * other RTSP client without a camera.
 *
 * <p>Input: clips, faults, and clients' requests. Output: RTP and RTCP, interleaved in the RTSP
 * connection, tunnelled in HTTP, or over UDP. The package shares no protocol code with the client
 * in this module, so that each tests the other. It owns its event loops and sockets; a session's
 * buffers belong to its channel.
 *
 * <p>A request takes this way: {@code ProtocolDetector} distinguishes RTSP from an HTTP tunnel,
 * {@code SessionHandler} finds the camera and authenticates the client, and {@code Session} sets up
 * tracks. Then the event loop's {@code PlaybackScheduler} calls each {@code Player} when its next
 * unit is due, {@code Playback} applies the faults of the stream, and a {@code MediaSink} sends the
 * packets.
 */
@NullMarked
package io.kydai.ingest.simulator;

import org.jspecify.annotations.NullMarked;
