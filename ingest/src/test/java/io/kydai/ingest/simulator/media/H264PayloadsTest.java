package io.kydai.ingest.simulator.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class H264PayloadsTest {
  /** Sizes at the edges of one, two and three packets. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1399, 1400, 1401, 2797, 2798, 4195, 4196, 100_000})
  void fragments_put_together_again_are_the_nal_unit(int size) {
    byte[] nal = nal(0x65, size);
    List<byte[]> payloads = H264Payloads.of(List.of(nal), Packetization.FRAGMENTS);
    assertThat(payloads).allMatch(payload -> payload.length <= 1400);
    assertThat(together(payloads)).containsExactly(nal);
  }

  @Test
  void small_nal_units_share_a_packet_with_the_highest_importance_among_them() {
    List<byte[]> nals =
        List.of(nal(0x67, 5), nal(0x28, 4), nal(0x06, 9), nal(0x65, 3000), nal(0x41, 7));
    List<byte[]> payloads = H264Payloads.of(nals, Packetization.AGGREGATES);
    assertThat(payloads.stream().map(payload -> payload[0] & 0xff).toList())
        .containsExactly(0x78, 0x7c, 0x7c, 0x7c, 0x41);
    assertThat(parts(payloads.get(0))).containsExactly(nals.get(0), nals.get(1), nals.get(2));
  }

  @Test
  void packets_with_several_nal_units_are_not_larger_than_others() {
    List<byte[]> nals = List.of(nal(0x41, 600), nal(0x41, 796), nal(0x41, 1400));
    assertThat(H264Payloads.of(nals, Packetization.AGGREGATES)).hasSize(3);
    List<byte[]> fit = List.of(nal(0x41, 600), nal(0x41, 795), nal(0x41, 1397));
    assertThat(H264Payloads.of(fit, Packetization.AGGREGATES))
        .extracting(payload -> payload.length)
        .containsExactly(1 + 2 + 600 + 2 + 795, 1397);
  }

  @Test
  void mode_0_sends_nal_units_as_they_are_and_refuses_those_that_do_not_fit() {
    List<byte[]> nals = List.of(nal(0x67, 5), nal(0x65, 65_000));
    assertThat(H264Payloads.of(nals, Packetization.SINGLE_NAL_UNITS)).isEqualTo(nals);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> H264Payloads.of(List.of(nal(0x65, 65_001)), Packetization.SINGLE_NAL_UNITS))
        .withMessageContaining("65001 bytes");
  }

  private static byte[] nal(int header, int size) {
    byte[] nal = new byte[size];
    for (int i = 1; i < size; i++) {
      nal[i] = (byte) (i * 31);
    }
    nal[0] = (byte) header;
    return nal;
  }

  /** RFC 6184, section 5.7.1, read the other way round. */
  private static List<byte[]> parts(byte[] payload) {
    List<byte[]> parts = new ArrayList<>();
    for (int at = 1; at < payload.length; ) {
      int length = (payload[at] & 0xff) << 8 | payload[at + 1] & 0xff;
      parts.add(Arrays.copyOfRange(payload, at + 2, at + 2 + length));
      at += 2 + length;
    }
    return parts;
  }

  /** Section 5.8, read the other way round. */
  private static byte[] together(List<byte[]> payloads) {
    ByteArrayOutputStream nal = new ByteArrayOutputStream();
    for (int i = 0; i < payloads.size(); i++) {
      byte[] payload = payloads.get(i);
      if ((payload[0] & 0x1f) != 28) {
        nal.writeBytes(payload);
        continue;
      }
      assertThat((payload[1] & 0x80) != 0).as("start bit of %d", i).isEqualTo(i == 0);
      assertThat((payload[1] & 0x40) != 0)
          .as("end bit of %d", i)
          .isEqualTo(i == payloads.size() - 1);
      if (i == 0) {
        nal.write(payload[0] & 0xe0 | payload[1] & 0x1f);
      }
      nal.write(payload, 2, payload.length - 2);
    }
    return nal.toByteArray();
  }
}
