/**
 * Reassembles JPEG files from RTP payloads (RFC 2435), which leave out most of a file's headers.
 *
 * <p>Input: RTP packets in order, borrowed. Output: pictures that are complete JPEG files, on the
 * heap, which belong to their receiver; the size that such a file gives.
 *
 * <p>Ownership: a camera holds the bytes of one picture and the quantisation tables that it sent.
 * Threads: every object belongs to one camera and is called on that camera's event loop only.
 */
@NullMarked
package io.kydai.ingest.rtp.jpeg;

import org.jspecify.annotations.NullMarked;
