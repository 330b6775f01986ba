/**
 * The values that go into a depacketiser and come out of it: RTP packets, encoded pictures, and the
 * interfaces of those who take them.
 *
 * <p>Input: the bytes of an RTP packet in a borrowed buffer, which {@link
 * io.kydai.ingest.rtp.packet.RtpPacket} shares. Output: {@link io.kydai.ingest.rtp.packet.Picture}s
 * on the heap, whose arrays belong to their receiver. The package holds nothing and has no threads.
 */
@NullMarked
package io.kydai.ingest.rtp.packet;

import org.jspecify.annotations.NullMarked;
