/**
 * From RTP packets (RFC 3550) to encoded pictures with their times.
 *
 * <p>Enters: RTP and RTCP packets, as borrowed Netty buffers that are read before the call returns;
 * over UDP some wait for others, by a reference of their own. Leaves: {@link
 * io.kydai.ingest.rtp.Picture}s, sound and documents on the heap, pictures' {@link
 * io.kydai.ingest.clock.PictureTimes.Times}; and RTCP packets to the camera.
 *
 * <p>Owns: one growing heap array per camera, bounded, and the packets that wait, bounded. Every
 * object here belongs to one camera and is called on that camera's event loop only.
 */
@NullMarked
package io.kydai.ingest.rtp;

import org.jspecify.annotations.NullMarked;
