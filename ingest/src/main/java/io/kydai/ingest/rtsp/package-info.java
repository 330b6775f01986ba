/**
 * The client side of RTSP 1.0 (RFC 2326) over one TCP connection, which may be encrypted or
 * tunnelled through HTTP: sets a camera's tracks up, plays them, and keeps the session alive.
 *
 * <p>Input: a camera's address, its user and password, and the connection's messages and packets.
 * Output: the tracks that are set up, their packets, and at the end one sentence with the reason of
 * the end.
 *
 * <p>Ownership: the package owns the Netty buffers from the socket until {@link
 * io.kydai.ingest.rtsp.RtspSession} has passed a packet to its observer, which borrows it. A
 * session owns its transport. Threads: all methods are called on the connection's event loop.
 */
@NullMarked
package io.kydai.ingest.rtsp;

import org.jspecify.annotations.NullMarked;
