/**
 * Turns RTP packets (RFC 3550) into encoded pictures, audio frames and metadata documents.
 *
 * <p>Input: RTP and RTCP packets in borrowed Netty buffers, which are read before the call returns;
 * over UDP, packets that wait for missing ones are retained. Output: {@link
 * io.kydai.ingest.rtp.Picture}s, audio frames and documents on the heap, pictures' {@link
 * io.kydai.ingest.clock.PictureTimes.Times}, and RTCP packets to the camera.
 *
 * <p>Ownership: the package holds one bounded, growing heap array per camera and a bounded number
 * of waiting packets. Threads: every object belongs to one camera and is called on that camera's
 * event loop only.
 */
@NullMarked
package io.kydai.ingest.rtp;

import org.jspecify.annotations.NullMarked;
