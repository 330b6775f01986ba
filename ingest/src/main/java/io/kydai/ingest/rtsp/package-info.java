/**
 * The client's side of RTSP 1.0 (RFC 2326) over one TCP connection, which may be encrypted or
 * tunnelled through HTTP; media in frames on it, or in UDP datagrams beside it.
 *
 * <p>Enters: a camera's address, its user and password, the bytes of the connection, and datagrams
 * from the camera. Leaves: the tracks that are set up, their packets, and at the end one sentence
 * that says why it ended.
 *
 * <p>Owns: the Netty buffers from the socket to the moment that {@link
 * io.kydai.ingest.rtsp.RtspSession} has shown a packet to its observer, which borrows it; the UDP
 * ports of a session, until that ends. All is called on the connection's event loop.
 */
@NullMarked
package io.kydai.ingest.rtsp;

import org.jspecify.annotations.NullMarked;
