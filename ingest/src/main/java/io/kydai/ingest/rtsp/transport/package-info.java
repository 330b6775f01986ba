/**
 * The ways in which a session's RTP and RTCP packets come: interleaved in the RTSP connection, or
 * as UDP datagrams (RFC 2326, sections 10.12 and 12.39).
 *
 * <p>Input: a camera's answers to SETUP, frames of the connection, datagrams. Output: each track's
 * packets, borrowed until the call returns; a transport that the camera refuses is a {@link
 * io.kydai.ingest.rtsp.transport.TransportRefusedException}.
 *
 * <p>Ownership: a UDP transport owns its pairs of ports until it is closed. Threads: all methods
 * are called on the connection's event loop.
 */
@NullMarked
package io.kydai.ingest.rtsp.transport;

import org.jspecify.annotations.NullMarked;
