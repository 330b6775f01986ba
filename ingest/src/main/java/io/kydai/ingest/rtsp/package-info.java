/**
 * The client's side of RTSP 1.0 (RFC 2326) over one TCP connection, media interleaved.
 *
 * <p>Enters: a camera's address, its user and password, and the bytes of the connection. Leaves:
 * the chosen track, the track's packets, and at the end one sentence that says why it ended.
 *
 * <p>Owns: the Netty buffers from the socket to the moment that {@link
 * io.kydai.ingest.rtsp.RtspSession} has shown a packet to its observer, which borrows it. All is
 * called on the connection's event loop.
 */
package io.kydai.ingest.rtsp;
