/**
 * Reassembles audio frames (RFC 3551, RFC 3640) and metadata documents (ONVIF Streaming
 * Specification, section 5.2) from RTP payloads.
 *
 * <p>Input: RTP packets in order, borrowed. Output: frames and documents on the heap, which belong
 * to their {@link io.kydai.ingest.rtp.packet.FrameReceiver}.
 *
 * <p>Ownership: a track holds the bytes of at most one unfinished frame or document. Threads: every
 * object belongs to one track and is called on its camera's event loop only.
 */
@NullMarked
package io.kydai.ingest.rtp.frame;

import org.jspecify.annotations.NullMarked;
