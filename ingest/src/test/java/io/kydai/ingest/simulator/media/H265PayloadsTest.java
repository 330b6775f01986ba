package io.kydai.ingest.simulator.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class H265PayloadsTest {
  private static final Packetization DON = Packetization.AGGREGATES.withDecodingOrderNumbers();

  @ParameterizedTest
  @ValueSource(ints = {1401, 2796, 2797, 50_000})
  void fragments_put_together_again_are_the_nal_unit(int size) {
    byte[] nal = nal(19, size);
    List<byte[]> payloads = new H265Payloads(Packetization.FRAGMENTS).of(List.of(nal));
    assertThat(payloads).allMatch(payload -> payload.length <= 1400 && payload[0] == 49 << 1);
    ByteArrayOutputStream together = new ByteArrayOutputStream();
    for (int i = 0; i < payloads.size(); i++) {
      byte[] payload = payloads.get(i);
      int bits = (i == 0 ? 0x80 : 0) | (i == payloads.size() - 1 ? 0x40 : 0);
      assertThat(payload[2] & 0xff).isEqualTo(bits | 19);
      together.write(payload, 3, payload.length - 3);
    }
    assertThat(together.toByteArray()).isEqualTo(Arrays.copyOfRange(nal, 2, size));
  }

  @Test
  void decoding_order_numbers_count_nal_units_whatever_packets_they_are_in() {
    H265Payloads payloads = new H265Payloads(DON);
    List<byte[]> first = payloads.of(List.of(nal(32, 20), nal(33, 30), nal(19, 3000)));
    assertThat(first).hasSize(4);
    ByteBuffer aggregate = ByteBuffer.wrap(first.get(0));
    assertThat(aggregate.get(0)).isEqualTo((byte) (48 << 1));
    assertThat(aggregate.getShort(2)).as("DONL").isEqualTo((short) 0);
    assertThat(aggregate.getShort(4)).as("size").isEqualTo((short) 20);
    assertThat(aggregate.get(26)).as("DOND").isZero();
    assertThat(aggregate.getShort(27)).as("size").isEqualTo((short) 30);
    assertThat(aggregate.capacity()).isEqualTo(29 + 30);
    assertThat(ByteBuffer.wrap(first.get(1)).getShort(3)).as("first fragment").isEqualTo((short) 2);
    List<byte[]> second = payloads.of(List.of(nal(1, 100)));
    assertThat(ByteBuffer.wrap(second.get(0)).getShort(2)).as("single").isEqualTo((short) 3);
    assertThat(second.get(0)).hasSize(102);
  }

  @Test
  void paci_keeps_the_contained_type_and_stays_within_a_packet() {
    List<byte[]> payloads =
        new H265Payloads(Packetization.FRAGMENTS.withPaci())
            .of(List.of(nal(33, 30), nal(19, 3000)));
    assertThat(payloads)
        .allMatch(payload -> payload.length <= 1400 && H265Grammar.type(payload) == 50);
    assertThat(payloads.stream().map(payload -> payload[2] >> 1 & 0x3f).toList())
        .containsExactly(33, 49, 49, 49);
    assertThat(payloads.get(0)).hasSize(30 + 5);
    assertThat(payloads.get(0)[7])
        .as("what the NAL unit had behind its header")
        .isEqualTo(nal(33, 30)[2]);
  }

  private static byte[] nal(int type, int size) {
    byte[] nal = new byte[size];
    for (int i = 2; i < size; i++) {
      nal[i] = (byte) (i * 31);
    }
    nal[0] = (byte) (type << 1);
    nal[1] = 1;
    return nal;
  }
}
