package io.kydai.ingest.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.SharedData;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompoundPacketTest {
  private static final String SENDER_REPORT =
      "80c80006 00000007 eb000000 80000000 0000ffff 00000001 00000002";
  private static final String RECEIVER_REPORT = "80c90001 00000007";
  private static final String DESCRIPTION = "81ca0003 00000007 01046b79 64616900";
  private static final String APPLICATION = "80cc0003 00000007 6b796461 00000001";
  private static final String GOODBYE = "82cb0002 00000007 00000008";

  private final List<SenderReport> reports = new ArrayList<>();
  private final List<Integer> goodbyes = new ArrayList<>();

  private void read(ByteBuf compound) {
    CompoundPacket.read(
        compound,
        new CompoundPacket.Listener() {
          @Override
          public void onSenderReport(SenderReport report) {
            reports.add(report);
          }

          @Override
          public void onGoodbye(int ssrc) {
            goodbyes.add(ssrc);
          }
        });
  }

  private static byte[] bytes(String... packets) {
    return HexFormat.of().parseHex(String.join("", packets).replace(" ", ""));
  }

  @Test
  void reportsAndGoodbyesAreFoundAmongOtherThings() {
    read(
        Unpooled.wrappedBuffer(
            bytes(RECEIVER_REPORT, SENDER_REPORT, DESCRIPTION, APPLICATION, GOODBYE)));
    assertThat(reports).containsExactly(new SenderReport(7, 0xeb00000080000000L, 0xffff));
    assertThat(reports.get(0).time()).hasValue(Instant.parse("2024-12-08T11:22:40.500Z"));
    assertThat(goodbyes).containsExactly(7, 8);
  }

  @Test
  void everyPrefixAndEveryBentByteIsReadWithoutHarm() {
    byte[] whole = bytes(SENDER_REPORT, DESCRIPTION, GOODBYE);
    for (int length = 0; length < 28; length++) {
      read(Unpooled.wrappedBuffer(whole, 0, length));
    }
    assertThat(reports).isEmpty();
    for (int length = 28; length < whole.length; length++) {
      read(Unpooled.wrappedBuffer(whole, 0, length));
    }
    assertThat(reports).hasSize(whole.length - 28);
    assertThat(goodbyes).isEmpty();
    for (int at = 0; at < whole.length; at++) {
      for (int value = 0; value < 256; value++) {
        byte[] bent = whole.clone();
        bent[at] = (byte) value;
        read(Unpooled.wrappedBuffer(bent));
      }
    }
    assertThat(goodbyes.size()).isLessThanOrEqualTo(2 * 256 * whole.length);
  }

  @Test
  void noMoreThanSixteenPacketsOfACompoundAreLookedAt() {
    read(Unpooled.wrappedBuffer(bytes(SENDER_REPORT.repeat(40))));
    assertThat(reports).hasSize(CompoundPacket.MAX_PACKETS);
  }

  @Test
  void theReportsOfARealSenderSayWhenTheyWereCaptured() throws Exception {
    ByteBuf in =
        Unpooled.wrappedBuffer(
            Files.readAllBytes(SharedData.assumeThere("pcap/rtcp_compound.pcap")));
    in.skipBytes(24);
    int cooked = 16;
    int found = 0;
    while (in.isReadable()) {
      Instant captured = Instant.ofEpochSecond(in.readIntLE(), in.readIntLE() * 1000L);
      in.skipBytes(4);
      ByteBuf frame = in.readSlice(in.readIntLE());
      read(frame.slice(cooked + 28, frame.readableBytes() - cooked - 28));
      if (reports.size() > found) {
        Instant said = reports.get(found++).time().orElseThrow();
        assertThat(Duration.between(said, captured).abs()).isLessThan(Duration.ofMillis(50));
      }
    }
    assertThat(reports).hasSize(3).allMatch(report -> report.ssrc() == 0x5d931534);
    assertThat(goodbyes).isEmpty();
  }

  @Test
  void aDescriptionsFeedbackIsUnderstood() {
    assertThat(KeyFrameFeedback.offered("")).isEqualTo(KeyFrameFeedback.NONE);
    assertThat(KeyFrameFeedback.offered("nack; transport-cc")).isEqualTo(KeyFrameFeedback.NONE);
    assertThat(KeyFrameFeedback.offered("ccm fir; nack; nack pli"))
        .isEqualTo(KeyFrameFeedback.PICTURE_LOSS);
    assertThat(KeyFrameFeedback.offered("CCM FIR")).isEqualTo(KeyFrameFeedback.FULL_INTRA_REQUEST);
  }
}
