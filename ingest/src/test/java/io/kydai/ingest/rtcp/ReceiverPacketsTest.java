package io.kydai.ingest.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;

class ReceiverPacketsTest {
  private final ReceiverPackets packets = new ReceiverPackets(0x01020304, "kydai");

  private static String hex(ByteBuf packet) {
    try {
      assertThat(packet.readableBytes() % 4).isZero();
      return ByteBufUtil.hexDump(packet);
    } finally {
      packet.release();
    }
  }

  @Test
  void aReportOnNothingAndOurName() {
    assertThat(hex(packets.report(null)))
        .isEqualTo(
            "80c90001" + "01020304" + "81ca0003" + "01020304" + "0105" + "6b79646169" + "00");
  }

  @Test
  void namesOfAnyLengthAreFilledUpWithAtLeastOneZero() {
    for (int length = 0; length <= 255; length++) {
      ByteBuf packet = new ReceiverPackets(1, "n".repeat(length)).report(null);
      int words = packet.getUnsignedShort(10);
      assertThat(8 + 4 + 4 * words).isEqualTo(packet.readableBytes());
      assertThat(packet.getByte(packet.writerIndex() - 1)).isZero();
      packet.release();
    }
  }

  @Test
  void aReportOnASource() {
    ReceptionReport reception = new ReceptionReport(7, 128, -1, 0x1_0005L, 9, 0xc1704d61L, 65536);
    assertThat(hex(packets.report(reception)))
        .startsWith(
            "81c90007"
                + "01020304"
                + "00000007"
                + "80ffffff"
                + "00010005"
                + "00000009"
                + "c1704d61"
                + "00010000"
                + "81ca0003");
  }

  @Test
  void lossesBeyondWhatTheReportHoldsAreTheMostItHolds() {
    assertThat(new ReceptionReport(7, 0, 1L << 40, 0, 0, 0, 0).lostInReport()).isEqualTo(0x7fffff);
    assertThat(new ReceptionReport(7, 0, -(1L << 40), 0, 0, 0, 0).lostInReport())
        .isEqualTo(0x800000);
  }

  @Test
  void keyFramesAreAskedForBehindAReport() {
    assertThat(hex(packets.pictureLoss(null, 7))).endsWith("81ce0002" + "01020304" + "00000007");
    assertThat(hex(packets.fullIntraRequest(null, 7)))
        .endsWith("84ce0004" + "01020304" + "00000000" + "00000007" + "00000000");
    assertThat(hex(packets.fullIntraRequest(null, 7))).endsWith("00000007" + "01000000");
  }
}
