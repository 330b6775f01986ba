package io.kydai.ingest.simulator.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RtpSenderTest {
  @Test
  void packets_are_numbered_over_65535_and_carry_time_source_and_marker() {
    RtpSender sender = new RtpSender(96, 7, 65_534);
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ByteBuffer packet =
          ByteBuffer.wrap(sender.packet(new byte[i], 0xabcd_ffff_0001L, i == 3).bytes());
      assertThat(packet.capacity()).isEqualTo(12 + i);
      assertThat(packet.get(0)).isEqualTo((byte) 0x80);
      assertThat(packet.get(1) & 0xff).isEqualTo(i == 3 ? 224 : 96);
      numbers.add(packet.getShort(2) & 0xffff);
      assertThat(packet.getInt(4)).isEqualTo(0xffff_0001);
      assertThat(packet.getInt(8)).isEqualTo(7);
    }
    assertThat(numbers).containsExactly(65_534, 65_535, 0, 1);
  }

  @Test
  void a_sender_report_counts_what_was_sent() {
    RtpSender sender = new RtpSender(96, 7, 0);
    sender.packet(new byte[1400], 0, false);
    sender.packet(new byte[200], 0, true);
    ByteBuffer report = ByteBuffer.wrap(sender.senderReport(0x1122334455667788L, 99));
    assertThat(report.capacity()).isEqualTo((6 + 1) * 4 + (3 + 1) * 4);
    assertThat(report.get(1)).isEqualTo((byte) 200);
    assertThat(report.getLong(8)).isEqualTo(0x1122334455667788L);
    assertThat(report.getInt(16)).isEqualTo(99);
    assertThat(report.getInt(20)).as("packets").isEqualTo(2);
    assertThat(report.getInt(24)).as("bytes of payload").isEqualTo(1600);
  }
}
