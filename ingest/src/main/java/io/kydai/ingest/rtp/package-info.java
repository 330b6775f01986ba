/**
 * Receives the RTP packets (RFC 3550) of a track: follows one source, puts its packets in order,
 * counts missing ones, and reports to the camera.
 *
 * <p>Input: RTP and RTCP packets in borrowed Netty buffers, which are read before the call returns;
 * over UDP, packets that wait for missing ones are retained. Output: the packets in their order, to
 * a {@link io.kydai.ingest.rtp.packet.Depacketizer}; the times of the camera's sender reports; RTCP
 * packets to the camera.
 *
 * <p>Ownership: the package holds a bounded number of waiting packets, which it releases. Threads:
 * every object belongs to one camera and is called on that camera's event loop only.
 */
@NullMarked
package io.kydai.ingest.rtp;

import org.jspecify.annotations.NullMarked;
