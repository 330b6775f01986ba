/**
 * RTSP requests and responses on the simulator's side (RFC 2326), apart from the client's code in
 * {@code io.kydai.ingest.rtsp}, so that each tests the other.
 *
 * <p>Input: the bytes of a client's connection, bounded. Output: {@link
 * io.kydai.ingest.simulator.message.Request}s, packets of the client's interleaved frames, and the
 * bytes of responses, which may be wrong where a fault says so. The decoder owns the bytes until it
 * has passed them on; it is called on its connection's event loop.
 */
@NullMarked
package io.kydai.ingest.simulator.message;

import org.jspecify.annotations.NullMarked;
