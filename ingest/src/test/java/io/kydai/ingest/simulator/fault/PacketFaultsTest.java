package io.kydai.ingest.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.simulator.media.Packet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketFaultsTest {
  private final List<String> out = new ArrayList<>();

  private final PacketFaults.Output way =
      new PacketFaults.Output() {
        @Override
        public void send(Packet packet) {
          out.add(name(packet));
        }

        @Override
        public void junk(byte[] bytes) {
          out.add("junk " + bytes[0]);
        }

        @Override
        public void sendLater(Packet packet, Duration by) {
          out.add(name(packet) + " after " + by.toMillis());
        }
      };

  /** A whole packet's number, or what became of it. */
  private static String name(Packet packet) {
    byte[] bytes = packet.bytes();
    if (bytes.length != 20) {
      return bytes.length + " bytes";
    }
    int turned = 0;
    for (int i = 0; i < bytes.length; i++) {
      turned += Integer.bitCount((bytes[i] ^ bytes[19]) & 0xff);
    }
    return turned == 0 ? "" + bytes[19] : "damaged";
  }

  private List<String> pass(Fault fault, int packets) {
    PacketFaults faults = new PacketFaults(fault.packets(), way);
    for (int i = 1; i <= packets; i++) {
      byte[] header = new byte[12];
      byte[] payload = new byte[8];
      Arrays.fill(header, (byte) i);
      Arrays.fill(payload, (byte) i);
      faults.pass(new Packet(header, payload));
    }
    return out;
  }

  @Test
  void nothing_happens_without_a_fault() {
    assertThat(pass(Fault.SILENT, 3)).containsExactly("1", "2", "3");
  }

  @Test
  void every_third_packet_is_missing() {
    assertThat(pass(Fault.drop(FaultRate.every(3)), 7)).containsExactly("1", "2", "4", "5", "7");
  }

  @Test
  void a_probability_is_kept_and_the_same_seed_hits_the_same_packets() {
    List<String> first = List.copyOf(pass(Fault.drop(FaultRate.of(0.3, 5)), 100));
    assertThat(first).hasSizeBetween(50, 90);
    out.clear();
    assertThat(pass(Fault.drop(FaultRate.of(0.3, 5)), 100)).isEqualTo(first);
    out.clear();
    assertThat(pass(Fault.drop(FaultRate.of(0.3, 6)), 100)).isNotEqualTo(first);
  }

  @Test
  void packets_change_places_come_twice_and_come_late() {
    assertThat(pass(Fault.reorder(FaultRate.every(2)), 6))
        .containsExactly("1", "3", "2", "4", "6", "5");
    out.clear();
    assertThat(pass(Fault.duplicate(FaultRate.every(2)), 3)).containsExactly("1", "2", "2", "3");
    out.clear();
    assertThat(pass(Fault.delay(FaultRate.every(2), Duration.ofMillis(70)), 3))
        .containsExactly("1", "2 after 70", "3");
  }

  @Test
  void packets_are_cut_damaged_and_have_junk_before_them() {
    assertThat(pass(Fault.truncate(FaultRate.every(2)), 2)).containsExactly("1", "10 bytes");
    out.clear();
    assertThat(pass(Fault.corrupt(FaultRate.every(2)), 2)).containsExactly("1", "damaged");
    out.clear();
    assertThat(pass(Fault.junk(FaultRate.every(2)), 2)).containsExactly("1", "junk 0", "2");
  }

  @Test
  void copies_of_another_source_come_behind_each_third_packet() {
    List<Packet> sent = new ArrayList<>();
    PacketFaults faults =
        new PacketFaults(
            Fault.otherSource(FaultRate.every(3)).packets(),
            new PacketFaults.Output() {
              @Override
              public void send(Packet packet) {
                sent.add(packet);
              }

              @Override
              public void junk(byte[] bytes) {}

              @Override
              public void sendLater(Packet packet, Duration by) {}
            });
    for (int i = 0; i < 7; i++) {
      byte[] header = {(byte) 0x80, 96, 9, (byte) i, 0, 0, 0, 5, 1, 2, 3, 4};
      faults.pass(new Packet(header, new byte[] {(byte) i}));
    }
    assertThat(sent.stream().map(packet -> HexFormat.of().formatHex(packet.bytes())))
        .containsExactly(
            "80600900000000050102030400",
            "80600901000000050102030401",
            "80600902000000050102030402",
            "8060000000000005fefdfcfb00",
            "8060000100000005fefdfcfb01",
            "8060000200000005fefdfcfb02",
            "80600903000000050102030403",
            "80600904000000050102030404",
            "80600905000000050102030405",
            "8060000300000005fefdfcfb03",
            "8060000400000005fefdfcfb04",
            "8060000500000005fefdfcfb05",
            "80600906000000050102030406");
  }

  @Test
  void each_step_sees_what_the_one_before_let_through() {
    Fault fault = Fault.drop(FaultRate.every(2)).and(Fault.duplicate(FaultRate.every(2)));
    assertThat(pass(fault, 8)).containsExactly("1", "3", "3", "5", "7", "7");
  }
}
