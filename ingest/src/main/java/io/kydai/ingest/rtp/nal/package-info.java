/**
 * Reassembles H.264 and H.265 pictures from RTP payloads (RFC 6184, RFC 7798): payload, NAL units,
 * their classification, picture.
 *
 * <p>Input: RTP packets in order, borrowed. Output: parameter sets and pictures on the heap, which
 * belong to their receiver.
 *
 * <p>Ownership: while a picture is assembled, a camera holds one array of the {@link
 * io.kydai.ingest.rtp.nal.ArrayPool} of its event loop. Threads: every object belongs to one camera
 * and is called on that camera's event loop only.
 */
@NullMarked
package io.kydai.ingest.rtp.nal;

import org.jspecify.annotations.NullMarked;
