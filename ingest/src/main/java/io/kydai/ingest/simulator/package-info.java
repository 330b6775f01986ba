/**
 * A camera simulator: an RTSP 1.0 server (RFC 2326) that plays H.264, H.265 and JPEG files in an
 * endless loop and misbehaves when told, for the demo, for tests, and for whoever wants to try
 * Kydai, or any other puller, without a camera.
 *
 * <p>Enters: clips, faults, and clients' requests. Leaves: RTP and RTCP, interleaved in the
 * connection, tunnelled in HTTP, or over UDP. It knows nothing of the client beside it in this
 * module and shares no code with it: each proves the other. Owns its event loops and sockets; a
 * session's buffers belong to its channel.
 *
 * <p>From a request to a picture: {@code ProtocolDetector} tells RTSP from a tunnel, {@code
 * SessionHandler} finds the camera and lets the client in, {@code Session} sets tracks up, the
 * loop's {@code Conductor} says when each {@code Player} plays, {@code Playback} lets faults take
 * their course, and a {@code MediaSink} sends.
 */
@NullMarked
package io.kydai.ingest.simulator;

import org.jspecify.annotations.NullMarked;
