/**
 * A camera simulator: an RTSP 1.0 server (RFC 2326) that plays H.264 files in an endless loop, for
 * the demo, for tests, and for whoever wants to try Kydai without a camera.
 *
 * <p>Enters: clips, and clients' requests. Leaves: RTP and RTCP, interleaved in the connection or
 * over UDP. It knows nothing of the client beside it in this module and shares no code with it:
 * each proves the other. Owns its event loop and sockets; a session's buffers belong to its
 * channel.
 */
package io.kydai.ingest.simulator;
