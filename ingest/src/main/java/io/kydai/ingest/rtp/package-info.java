/**
 * From RTP packets (RFC 3550) to encoded pictures with their times.
 *
 * <p>Enters: RTP and RTCP packets, as borrowed Netty buffers that are read before the call returns
 * and neither kept nor released. Leaves: {@link io.kydai.ingest.rtp.Picture}s, sound and documents,
 * on the heap.
 *
 * <p>Owns: one growing heap array per camera, bounded. Every object here belongs to one camera and
 * is called on that camera's event loop only.
 */
package io.kydai.ingest.rtp;
