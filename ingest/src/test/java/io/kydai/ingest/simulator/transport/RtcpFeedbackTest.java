package io.kydai.ingest.simulator.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RtcpFeedbackTest {
  /** A receiver report with one block (one packet fewer lost than came twice), a PLI, a FIR. */
  private static final byte[] COMPOUND =
      HexFormat.of()
          .parseHex(
              "81c90007"
                  + "00000009"
                  + "00000001"
                  + "00ffffff"
                  + "00000000".repeat(4)
                  + ("81ce0002" + "0000000900000001")
                  + ("84ce0004" + "0000000900000000" + "0000000107000000"));

  @Test
  void a_compound_packet_is_read_to_its_end() {
    assertThat(RtcpFeedback.read(COMPOUND)).isEqualTo(new RtcpFeedback(1, -1, 1, 1));
  }

  @Test
  void what_is_cut_off_or_no_rtcp_is_passed_over() {
    for (int length = 0; length < COMPOUND.length; length++) {
      RtcpFeedback part = RtcpFeedback.read(Arrays.copyOf(COMPOUND, length));
      assertThat(part.intraRequests()).as("%d bytes", length).isZero();
      assertThat(part.receiverReports()).isEqualTo(length < 32 ? 0 : 1);
    }
    assertThat(RtcpFeedback.read(new byte[64])).isEqualTo(new RtcpFeedback(0, 0, 0, 0));
  }
}
