package io.kydai.ingest.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.rtp.packet.Depacketizer;
import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets of several sources (SSRC) on one track. */
class SourceSelectionTest {
  private static final long MILLI = 1_000_000;

  private final List<String> taken = new ArrayList<>();
  private long lost;
  private long foreign;
  private long now;

  private final VideoReceiver receiver =
      new VideoReceiver(
          96,
          90_000,
          () -> now,
          new PacketCounter() {
            @Override
            public void lost(long packets) {
              lost += packets;
            }

            @Override
            public void reordered() {}

            @Override
            public void late() {}

            @Override
            public void duplicate() {}

            @Override
            public void foreign(long packets) {
              foreign += packets;
            }
          },
          new Depacketizer() {
            @Override
            public void lost() {
              taken.add("lost");
            }

            @Override
            public void accept(RtpPacket packet) {
              taken.add(packet.ssrc() + "/" + packet.sequence());
            }
          });

  @AfterEach
  void close() {
    receiver.close();
  }

  private void packet(int ssrc, int sequence, boolean marker, int size) throws MediaException {
    ByteBuf packet = Unpooled.buffer();
    packet.writeByte(0x80).writeByte(marker ? 0x80 | 96 : 96).writeShort(sequence);
    packet.writeInt((int) (now / MILLI * 90)).writeInt(ssrc).writeZero(size);
    receiver.rtp(packet);
    packet.release();
  }

  /** A picture of one packet for each number, 40 ms apart. */
  private void pictures(int ssrc, int first, int count) throws MediaException {
    for (int i = 0; i < count; i++) {
      packet(ssrc, first + i, true, 1);
      now += 40 * MILLI;
    }
  }

  private static List<String> names(int ssrc, int first, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add(ssrc + "/" + (first + i & 0xffff));
    }
    return names;
  }

  private void over(boolean udp) {
    if (udp) {
      receiver.expectReordering();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void packetsOfAnotherSourceAmongThoseOfTheStreamAreDroppedAndCounted(boolean udp)
      throws Exception {
    over(udp);
    pictures(7, 65_500, 2);
    for (int i = 0; i < 100; i++) {
      packet(8, 2 * i, true, 1);
      packet(8, 2 * i + 1, true, 1);
      pictures(7, 65_502 + i, 1);
    }
    assertThat(taken).isEqualTo(names(7, 65_500, 102));
    assertThat(lost).isZero();
    assertThat(foreign).isEqualTo(200);
    assertThat(receiver.reception().orElseThrow().highestSequence()).isEqualTo(65_601);
    assertThat(receiver.reception().orElseThrow().lost()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void fragmentsOfAnotherSourceInTheMiddleOfTheFirstPictureDoNotCutIt(boolean udp)
      throws Exception {
    over(udp);
    for (int i = 0; i < 20; i++) {
      packet(7, i, false, 1);
      packet(8, 500 + i, false, 1);
    }
    assertThat(taken).isEqualTo(names(7, 0, 20));
  }

  /** No packet has another source's number next to it, and each picture has one packet. */
  @Test
  void ofTwoSourcesThatAlternateFromTheStartOneStays() throws Exception {
    for (int i = 0; i < 20; i++) {
      packet(7, i, true, 1);
      packet(8, 500 + i, true, 1);
      now += 40 * MILLI;
    }
    assertThat(taken.subList(0, 4)).containsExactly("7/0", "lost", "8/500", "lost");
    assertThat(taken.subList(4, taken.size())).isEqualTo(names(7, 1, 19));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSourceThatTakesTheSilentOnesPlaceIsFollowedFromItsFirstPacketOn(boolean udp)
      throws Exception {
    over(udp);
    pictures(7, 10, 50);
    pictures(9, 3000, 30);
    List<String> expected = names(7, 10, 50);
    expected.add("lost");
    expected.addAll(names(9, 3000, 30));
    assertThat(taken).isEqualTo(expected);
    assertThat(foreign).isZero();
    assertThat(receiver.ssrc()).isEqualTo(9);
    assertThat(receiver.reception().orElseThrow().highestSequence()).isEqualTo(3029);
  }

  @Test
  void overUdpTheLastPacketsOfTheSourceBeforeMayComeAmongTheFirstOfTheNewOne() throws Exception {
    over(true);
    pictures(7, 10, 50);
    packet(9, 3000, false, 1);
    packet(7, 60, true, 1);
    packet(9, 3001, false, 1);
    pictures(9, 3002, 30);
    assertThat(taken).contains("7/60", "9/3000", "9/3001", "9/3002", "9/3031");
    assertThat(foreign).isZero();
  }

  @Test
  void aSourceThatCarriesOnTheNumbersIsFollowedAtOnce() throws Exception {
    pictures(7, 10, 50);
    pictures(9, 60, 1);
    pictures(10, 61, 1);
    assertThat(taken.subList(50, taken.size())).containsExactly("lost", "9/60", "lost", "10/61");
  }

  @Test
  void aSourceThatIsKnownNotToBeTheStreamsWaitsLongerAndTheStreamsNewOneGoesBeforeIt()
      throws Exception {
    pictures(7, 10, 2);
    for (int i = 0; i < 50; i++) {
      packet(8, 500 + i, true, 1);
      pictures(7, 12 + i, 1);
    }
    taken.clear();
    pictures(8, 550, 40); // 1.6 s
    pictures(7, 62, 30);
    assertThat(taken).isEqualTo(names(7, 62, 30));
    for (int i = 0; i < 20; i++) {
      packet(8, 590 + i, true, 1);
      pictures(9, 3000 + i, 1);
    }
    assertThat(taken.subList(30, taken.size())).startsWith("lost", "9/3000").endsWith("9/3019");
    pictures(8, 610, 60); // 2.4 s
    assertThat(taken).endsWith("8/668", "8/669");
  }

  @Test
  void aStreamOfFewPicturesIsNotTakenForSilent() throws Exception {
    for (int i = 0; i < 10; i++) {
      packet(7, 10 + i, false, 1);
      pictures(8, 500 + 25 * i, 25);
    }
    assertThat(taken).isEqualTo(names(7, 10, 10));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theAnnouncedSourceIsFollowedThoughAnotherCameBeforeIt(boolean udp) throws Exception {
    over(udp);
    receiver.announced(7);
    pictures(8, 500, 3);
    for (int i = 0; i < 20; i++) {
      packet(8, 503 + i, false, 1);
      pictures(7, 10 + i, 1);
    }
    assertThat(taken.subList(taken.size() - 19, taken.size())).isEqualTo(names(7, 11, 19));
    assertThat(receiver.ssrc()).isEqualTo(7);
  }

  @Test
  void anAnnouncedSourceThatNeverComesChangesNothing() throws Exception {
    receiver.announced(5);
    pictures(7, 10, 50);
    assertThat(taken).isEqualTo(names(7, 10, 50));
  }

  @Test
  void aPauseOfTheConnectionIsNoSilenceOfTheStream() throws Exception {
    pictures(7, 0, 2);
    for (int i = 0; i < 10; i++) {
      packet(8, 2 * i, true, 1);
      packet(8, 2 * i + 1, true, 1);
      pictures(7, 2 + i, 1);
    }
    packet(8, 20, true, 1);
    now += 2_100 * MILLI;
    packet(8, 21, true, 1);
    pictures(7, 12, 5);
    assertThat(taken).isEqualTo(names(7, 0, 17));
  }

  @Test
  void afterOnePacketThatWasLeftOverTheStreamIsTakenWhole() throws Exception {
    packet(7, 100, false, 1_000);
    for (int i = 0; i < 1_000; i++) {
      packet(8, i, false, 1_000);
      now += MILLI / 2;
    }
    assertThat(taken).containsSubsequence(names(8, 0, 1_000));
  }

  @Test
  void senderReportsOfAnotherSourceCostTheStreamsNothing() throws Exception {
    Instant start = Instant.parse("2026-11-28T08:00:00Z");
    for (int i = 0; i < 20; i++) {
      packet(8, i, true, 1);
      report(8, start.minusSeconds(3_600));
      pictures(7, i, 1);
      report(7, start);
    }
    assertThat(receiver.reported(now / MILLI * 90)).isPresent();
  }

  private void report(int ssrc, Instant start) throws MediaException {
    Instant wall = start.plusNanos(now);
    ByteBuf report = Unpooled.buffer();
    report.writeByte(0x80).writeByte(200).writeShort(6).writeInt(ssrc);
    report.writeInt((int) (wall.getEpochSecond() + 2_208_988_800L));
    report.writeInt((int) (((long) wall.getNano() << 32) / 1_000_000_000L));
    report.writeInt((int) (now / MILLI * 90)).writeInt(0).writeInt(0);
    receiver.rtcp(report, wall);
    report.release();
  }

  @Test
  void noMoreIsHeldThanTheBoundsAllow() throws Exception {
    pictures(7, 10, 50);
    for (int i = 0; i < 20; i++) {
      packet(9, i, false, 60_000);
    }
    assertThat(foreign).isEqualTo(16);
    for (int i = 20; i < 16 + OtherSource.MAX_PACKETS; i++) {
      packet(9, i, false, 1);
    }
    assertThat(foreign).isEqualTo(16);
    packet(9, 16 + OtherSource.MAX_PACKETS, false, 1);
    assertThat(foreign).isEqualTo(16 + OtherSource.MAX_PACKETS);
    now += 300 * MILLI;
    packet(9, 17 + OtherSource.MAX_PACKETS, true, 1);
    assertThat(taken.subList(50, taken.size())).containsExactly("lost", "9/528", "9/529");
  }
}
