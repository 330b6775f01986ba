package io.kydai.ingest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketizerTest {
  private static final int HEADER = 12;

  /** Sizes at the edges of one, two and three packets. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1399, 1400, 1401, 2797, 2798, 4195, 4196, 100_000})
  void fragments_put_together_again_are_the_nal_unit(int size) {
    byte[] nal = nal(0x65, size);
    List<byte[]> packets = packetize(new Packetizer(7, 0), List.of(nal));
    assertThat(packets).allMatch(packet -> packet.length <= HEADER + 1400);
    assertThat(together(packets)).containsExactly(nal);
    for (int i = 0; i < packets.size(); i++) {
      assertThat(packets.get(i)[1] < 0).as("marker of %d", i).isEqualTo(i == packets.size() - 1);
    }
  }

  @Test
  void only_the_last_packet_of_a_picture_carries_the_marker_and_all_carry_its_time() {
    List<byte[]> packets =
        packetize(new Packetizer(7, 65_534), List.of(nal(0x67, 5), nal(0x68, 4), nal(0x65, 3000)));
    assertThat(packets).hasSize(5);
    assertThat(packets.stream().map(packet -> packet[1] & 0xff).toList())
        .containsExactly(96, 96, 96, 96, 224);
    assertThat(packets.stream().map(packet -> (packet[2] & 0xff) << 8 | packet[3] & 0xff).toList())
        .as("sequence numbers go on over 65535")
        .containsExactly(65_534, 65_535, 0, 1, 2);
    assertThat(packets)
        .allMatch(
            packet ->
                Arrays.equals(
                    packet, 4, 12, new byte[] {(byte) 0xff, (byte) 0xff, 0, 1, 0, 0, 0, 7}, 0, 8));
  }

  @Test
  void a_sender_report_counts_what_was_sent() {
    Packetizer packetizer = new Packetizer(7, 0);
    packetize(packetizer, List.of(nal(0x65, 3000)));
    ByteBuf report =
        packetizer.senderReport(UnpooledByteBufAllocator.DEFAULT, 0x1122334455667788L, 99);
    try {
      assertThat(report.readableBytes()).isEqualTo((6 + 1) * 4 + (3 + 1) * 4);
      assertThat(report.getUnsignedByte(1)).isEqualTo((short) 200);
      assertThat(report.getLong(8)).isEqualTo(0x1122334455667788L);
      assertThat(report.getInt(16)).isEqualTo(99);
      assertThat(report.getInt(20)).as("packets").isEqualTo(3);
      assertThat(report.getInt(24)).as("bytes of payload").isEqualTo(2999 + 3 * 2);
    } finally {
      report.release();
    }
  }

  private static byte[] nal(int header, int size) {
    byte[] nal = new byte[size];
    for (int i = 1; i < size; i++) {
      nal[i] = (byte) (i * 31);
    }
    nal[0] = (byte) header;
    return nal;
  }

  private static List<byte[]> packetize(Packetizer packetizer, List<byte[]> nals) {
    List<byte[]> packets = new ArrayList<>();
    packetizer.packetize(
        nals,
        0xabcd_ffff_0001L,
        UnpooledByteBufAllocator.DEFAULT,
        packet -> {
          packets.add(ByteBufUtil.getBytes(packet));
          packet.release();
        });
    return packets;
  }

  /** RFC 6184, section 5.8, read the other way round. */
  private static byte[] together(List<byte[]> packets) {
    ByteArrayOutputStream nal = new ByteArrayOutputStream();
    for (int i = 0; i < packets.size(); i++) {
      byte[] packet = packets.get(i);
      if ((packet[HEADER] & 0x1f) != 28) {
        nal.write(packet, HEADER, packet.length - HEADER);
        continue;
      }
      int fu = packet[HEADER + 1];
      assertThat((fu & 0x80) != 0).as("start bit of %d", i).isEqualTo(i == 0);
      assertThat((fu & 0x40) != 0).as("end bit of %d", i).isEqualTo(i == packets.size() - 1);
      if (i == 0) {
        nal.write(packet[HEADER] & 0xe0 | fu & 0x1f);
      }
      nal.write(packet, HEADER + 2, packet.length - HEADER - 2);
    }
    return nal.toByteArray();
  }
}
