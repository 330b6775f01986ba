/**
 * The bytes of an RTSP connection: messages, their header fields, and interleaved frames (RFC 2326,
 * sections 4 to 7 and 10.12).
 *
 * <p>Input: the bytes that were read. Output: {@link io.kydai.ingest.rtsp.message.RtspMessage}s on
 * the heap, frames as borrowed slices of the bytes, and an {@link
 * io.kydai.ingest.rtsp.message.RtspException} with a sentence about bytes that are neither.
 *
 * <p>Ownership: the demultiplexer owns the bytes until it has passed them on, within the limits in
 * its Javadoc. Threads: it is called on its connection's event loop; messages are immutable once
 * they are passed on.
 */
@NullMarked
package io.kydai.ingest.rtsp.message;

import org.jspecify.annotations.NullMarked;
