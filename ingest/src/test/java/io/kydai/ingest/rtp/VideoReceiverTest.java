package io.kydai.ingest.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.rtp.packet.Depacketizer;
import io.kydai.ingest.rtp.packet.RtpBytes;
import io.kydai.ingest.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VideoReceiverTest {
  private final List<Integer> sequences = new ArrayList<>();
  private long now;

  private final VideoReceiver receiver =
      new VideoReceiver(
          96,
          90_000,
          () -> now,
          PacketCounter.NONE,
          new Depacketizer() {
            @Override
            public void lost() {
              sequences.add(-1);
            }

            @Override
            public void accept(RtpPacket packet) {
              sequences.add(packet.sequence());
            }
          });

  @Test
  void otherPayloadTypesAndWhatIsNoPacketDoNotDisturbTheOrder() throws Exception {
    receiver.rtp(RtpBytes.packet(1, 0, true, "65"));
    ByteBuf other = RtpBytes.packet(9, 0, true, "65");
    receiver.rtp(other.setByte(1, 97));
    receiver.rtp(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}));
    receiver.rtp(RtpBytes.packet(2, 0, true, "65"));
    assertThat(sequences).containsExactly(1, 2);
    assertThat(receiver.received()).isEqualTo(2);
    assertThat(receiver.lost()).isOne();
    receiver.close();
  }

  @Test
  void whateverComesOverUdpNothingIsKeptLongerThanTheBoundsNorAfterClosing() throws Exception {
    receiver.expectReordering();
    Random random = new Random(7);
    List<ByteBuf> kept = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      ByteBuf packet = PooledByteBufAllocator.DEFAULT.buffer();
      int around = 1000 + i / 2 + random.nextInt(300) - 150;
      int sequence = random.nextInt(100) == 0 ? random.nextInt(65_536) : around;
      packet.writeByte(random.nextInt(50) == 0 ? random.nextInt(256) : 0x80).writeByte(96);
      packet.writeShort(sequence).writeInt(i * 100).writeInt(random.nextInt(200) == 0 ? 8 : 7);
      packet.writeZero(random.nextInt(1400));
      packet.writerIndex(random.nextInt(50) == 0 ? random.nextInt(12) : packet.writerIndex());
      receiver.rtp(packet);
      receiver.rtcp(packet.slice(), Instant.EPOCH);
      if (packet.refCnt() > 1) {
        kept.add(packet);
      }
      packet.release();
      kept.removeIf(one -> one.refCnt() == 0);
      assertThat(kept).hasSizeLessThanOrEqualTo(ReorderBuffer.MAX_PACKETS);
      now += 1_000_000;
    }
    receiver.close();
    assertThat(kept).allMatch(one -> one.refCnt() == 0);
    assertThat(sequences).hasSizeGreaterThan(1000);
    ByteBuf after = RtpBytes.packet(1, 0, true, "65");
    receiver.rtp(after);
    assertThat(after.refCnt()).isOne();
  }
}
