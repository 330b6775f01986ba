package io.kydai.streaming.live.whep.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pictures in packets, and together again. */
class H264PacketizerTest {
  private static final byte[] SPS = {0x67, 0x42, (byte) 0xc0, 0x1e, 1};
  private static final byte[] PPS = {0x68, 1};
  private final Random random = new Random(5);

  private byte[] nal(int header, int size) {
    byte[] nal = new byte[size];
    random.nextBytes(nal);
    nal[0] = (byte) header;
    // No start code may stand in it, and no zero at its end.
    for (int i = 1; i < size; i++) {
      nal[i] |= 1;
    }
    return nal;
  }

  static AccessUnit unit(boolean key, byte[]... nals) {
    int size = 0;
    for (byte[] nal : nals) {
      size += 4 + nal.length;
    }
    ByteBuffer data = ByteBuffer.allocate(size);
    for (byte[] nal : nals) {
      data.putInt(nal.length).put(nal);
    }
    return new AccessUnit(
        new CameraId("gate"),
        new CodecParameters(Codec.H264, 320, 180, List.of(SPS), List.of(PPS)),
        0,
        0,
        0,
        Instant.EPOCH,
        WallClockSource.ARRIVAL,
        key,
        false,
        false,
        data.flip());
  }

  /** The NAL units, by RFC 6184, sections 5.6 and 5.8. */
  private static List<byte[]> joined(List<byte[]> payloads) {
    List<byte[]> nals = new ArrayList<>();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] payload : payloads) {
      if ((payload[0] & 0x1f) != 28) {
        assertThat(whole.size()).isZero();
        nals.add(payload);
        continue;
      }
      assertThat((payload[1] & 0x80) != 0).isEqualTo(whole.size() == 0);
      if (whole.size() == 0) {
        whole.write(payload[0] & 0xe0 | payload[1] & 0x1f);
      }
      whole.write(payload, 2, payload.length - 2);
      if ((payload[1] & 0x40) != 0) {
        nals.add(whole.toByteArray());
        whole.reset();
      }
    }
    assertThat(whole.size()).isZero();
    return nals;
  }

  @Test
  void whatWasCutIsPutTogetherAgain() {
    for (int size : new int[] {2, 99, 100, 101, 197, 198, 5_000}) {
      byte[] sei = nal(6, 20);
      byte[] slice = nal(0x65, size);
      byte[] second = nal(0x65, 300);
      List<byte[]> payloads =
          new H264Packetizer(100).payloads(unit(true, nal(9, 2), sei, slice, second));
      assertThat(payloads).allMatch(payload -> payload.length <= 100);
      assertThat(payloads.subList(0, 2)).containsExactly(SPS, PPS);
      assertThat(joined(payloads)).containsExactly(SPS, PPS, sei, slice, second);
    }
  }

  @Test
  void parameterSetsStandBeforeKeyFramesOnly() {
    assertThat(new H264Packetizer(100).payloads(unit(false, nal(0x41, 50)))).hasSize(1);
    assertThat(new H264Packetizer(100).payloads(unit(false, nal(12, 50)))).isEmpty();
  }

  @Test
  void aLengthThatIsNoneIsRefused() {
    AccessUnit whole = unit(false, nal(0x41, 50));
    ByteBuffer cut = whole.data();
    cut.limit(cut.limit() - 1);
    AccessUnit broken =
        new AccessUnit(
            whole.camera(),
            whole.parameters(),
            0,
            0,
            0,
            Instant.EPOCH,
            WallClockSource.ARRIVAL,
            false,
            false,
            false,
            cut.slice());
    assertThatThrownBy(() -> new H264Packetizer(100).payloads(broken))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
