package io.kydai.ingest.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReorderBufferTest {
  private final List<String> left = new ArrayList<>();
  private final List<ByteBuf> sent = new ArrayList<>();
  private long lost;
  private int late;
  private int duplicates;
  private int reordered;
  private boolean failing;
  private long now;

  private final ReorderBuffer order =
      new ReorderBuffer(
          new PacketCounter() {
            @Override
            public void lost(long packets) {
              lost += packets;
            }

            @Override
            public void reordered() {
              reordered++;
            }

            @Override
            public void late() {
              late++;
            }

            @Override
            public void duplicate() {
              duplicates++;
            }

            @Override
            public void foreign(long packets) {}
          },
          new ReorderBuffer.Sink() {
            @Override
            public void onMissing(long packets) {
              left.add("-" + packets);
            }

            @Override
            public void onPacket(RtpPacket packet) throws MediaException {
              if (failing) {
                throw new MediaException("fails");
              }
              assertThat(packet.payload().getInt(packet.payload().readerIndex()))
                  .isEqualTo(packet.sequence());
              left.add("" + packet.sequence());
            }
          });

  private void packet(int ssrc, int sequence, int size) throws MediaException {
    ByteBuf bytes = PooledByteBufAllocator.DEFAULT.buffer();
    bytes.writeByte(0x80).writeByte(96).writeShort(sequence).writeInt(0).writeInt(ssrc);
    bytes.writeInt(sequence & 0xffff).writeZero(size);
    sent.add(bytes);
    try {
      order.offer(RtpPacket.parse(bytes).orElseThrow(), bytes, now);
    } finally {
      bytes.release();
    }
  }

  private void packets(int... sequences) throws MediaException {
    for (int sequence : sequences) {
      packet(7, sequence, 0);
    }
  }

  @AfterEach
  void nothingIsKeptAfterClosing() {
    order.close();
    assertThat(sent).allMatch(bytes -> bytes.refCnt() == 0);
  }

  @Test
  void whereTheOrderIsKeptAGapIsALossAtOnceOverTheWrapToo() throws Exception {
    packets(65533, 65534, 1, 2, 2, 0);
    assertThat(left).containsExactly("65533", "65534", "-2", "1", "2");
    assertThat(lost).isEqualTo(2);
    assertThat(duplicates).isOne();
    assertThat(late).isOne();
  }

  @Test
  void whereItIsNotPacketsArePutInOrderOverTheWrap() throws Exception {
    order.expectReordering();
    packets(65534, 0, 65535, 2, 3, 1, 4);
    assertThat(left).containsExactly("65534", "65535", "0", "1", "2", "3", "4");
    assertThat(reordered).isEqualTo(2);
    assertThat(lost).isZero();
  }

  @Test
  void whatComesAfterItWasGivenUpIsLateOnceThenADuplicateAndNeverLostTwice() throws Exception {
    order.expectReordering();
    packets(1, 3);
    now += 100_000_000;
    packets(4, 2, 2, 3);
    assertThat(left).containsExactly("1", "-1", "3", "4");
    assertThat(lost).isOne();
    assertThat(late).isOne();
    assertThat(duplicates).isEqualTo(2);
  }

  @Test
  void aPacketThatWaitsAndComesAgainIsADuplicate() throws Exception {
    order.expectReordering();
    packets(1, 3, 3, 2);
    assertThat(left).containsExactly("1", "2", "3");
    assertThat(duplicates).isOne();
  }

  @Test
  void noMoreThanTheBoundsWait() throws Exception {
    order.expectReordering();
    packets(0);
    for (int i = 2; i <= 2 + ReorderBuffer.MAX_PACKETS; i++) {
      assertThat(left).hasSize(1);
      packets(i);
    }
    assertThat(left).hasSize(1 + 1 + ReorderBuffer.MAX_PACKETS + 1).element(1).isEqualTo("-1");
    left.clear();
    for (int i = 0; i < 9; i++) {
      packet(7, 200 + i, 60_000);
    }
    assertThat(left).hasSize(1 + 9);
    assertThat(order.waits()).isFalse();
  }

  @Test
  void aSecondGapWaitsForItsOwnTime() throws Exception {
    order.expectReordering();
    packets(0, 2);
    now = 60_000_000;
    packets(4);
    order.expire(now = 100_000_000);
    assertThat(left).containsExactly("0", "-1", "2");
    order.expire(now = 159_999_999);
    assertThat(left).hasSize(3);
    order.expire(now = 160_000_000);
    assertThat(left).containsExactly("0", "-1", "2", "-1", "4");
  }

  @Test
  void aJumpIsFollowedAtOnceWhereTheOrderIsKept() throws Exception {
    packets(5, 30_000, 30_001, 10_000, 10_001);
    assertThat(left).containsExactly("5", "-1", "30000", "30001", "-1", "10000", "10001");
    assertThat(lost).isEqualTo(2);
  }

  @Test
  void overUdpAStrayPacketOrSourceMovesNothingAndARestartIsConfirmedByTheSecond() throws Exception {
    order.expectReordering();
    packets(5, 30_000, 6);
    packet(8, 100, 0);
    packets(7, 40_000, 40_001);
    packet(9, 500, 0);
    packet(9, 501, 0);
    packet(9, 502, 0);
    assertThat(left).containsExactly("5", "6", "7", "-1", "40001", "-1", "501", "502");
    assertThat(order.ssrc()).isEqualTo(9);
  }

  @Test
  void aFailureGivesBackWhatWaits() throws Exception {
    order.expectReordering();
    packets(1, 3, 4);
    failing = true;
    assertThatThrownBy(() -> packets(2)).isInstanceOf(MediaException.class);
  }

  @Test
  void anyOrderWithinTheWindowGivesEveryPacketOnceAndInOrder() throws Exception {
    order.expectReordering();
    Random random = new Random(1);
    packets(64_000);
    for (int block = 0; block < 60; block++) {
      List<Integer> shuffled = new ArrayList<>();
      for (int i = 1; i <= 64; i++) {
        shuffled.add(64_000 + block * 64 + i & 0xffff);
      }
      Collections.shuffle(shuffled, random);
      for (int sequence : shuffled) {
        packets(sequence);
      }
    }
    assertThat(lost + late + duplicates).isZero();
    assertThat(left).hasSize(60 * 64 + 1);
    for (int i = 0; i < left.size(); i++) {
      assertThat(left.get(i)).isEqualTo("" + (64_000 + i & 0xffff));
    }
  }
}
