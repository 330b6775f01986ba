package io.kydai.ingest.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.camera.JpegParameters;
import io.kydai.ingest.camera.ParameterSets;
import io.kydai.ingest.camera.VideoFormat;
import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.Picture;
import io.kydai.ingest.rtsp.description.MediaTrack;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodecParametersTest {
  private static final byte[] VPS = hex("40010c01");
  private static final byte[] SPS =
      hex("420101016000000300900000030000030078a003c08010e596666924cae010000003001000000301e080");
  private static final byte[] PPS = hex("4401c0f2c68d03b240");

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  @Test
  void h265HasItsNameAndItsDecoderConfiguration() {
    CodecParameters parameters =
        CodecParameters.h265(1920, 1080, List.of(VPS), List.of(SPS), List.of(PPS));
    assertThat(parameters.mediaSourceName()).contains("hvc1.1.6.L120.90");
    assertThat(HexFormat.of().formatHex(parameters.decoderConfiguration()))
        .startsWith(
            "01" + "01" + "60000000" + "900000000000" + "78" + "f000fcfdf8f80000" + "0f" + "03")
        .contains("a0" + "0001" + "0004" + "40010c01" + "a1" + "0001")
        .endsWith("a2" + "0001" + "0009" + "4401c0f2c68d03b240");
    assertThat(parameters.parameterSets()).containsExactly(VPS, SPS, PPS);
    assertThat(parameters)
        .isEqualTo(CodecParameters.h265(1920, 1080, List.of(VPS), List.of(SPS), List.of(PPS)));
  }

  @Test
  void h264KeepsItsNameAndItsConfiguration() {
    CodecParameters parameters =
        new CodecParameters(Codec.H264, 16, 16, List.of(hex("6742c01e")), List.of(hex("68ce3c80")));
    assertThat(parameters.mediaSourceName()).contains("avc1.42c01e");
    assertThat(parameters.decoderConfiguration())
        .isEqualTo(hex("0142c01eff" + "e1" + "0004" + "6742c01e" + "01" + "0004" + "68ce3c80"));
  }

  @Test
  void jpegHasNeitherAndAnotherSizeIsAnotherInstance() {
    CodecParameters parameters = CodecParameters.jpeg(640, 480);
    assertThat(parameters.mediaSourceName()).isEmpty();
    assertThat(parameters.decoderConfiguration()).isEmpty();
    assertThat(parameters).isNotEqualTo(CodecParameters.jpeg(320, 240));

    ParameterSets sizes = new JpegParameters();
    CodecParameters first = sizes.parameters(jpeg("01e00280")).orElseThrow();
    assertThat(first).hasToString("JPEG 640x480");
    assertThat(sizes.parameters(jpeg("01e00280"))).containsSame(first);
    assertThat(sizes.parameters(jpeg("00f00140")).orElseThrow()).hasToString("JPEG 320x240");
    assertThat(sizes.parameters(jpeg("00000140"))).isEmpty();
  }

  private static Picture jpeg(String size) {
    return new Picture(0, true, false, 0, false, false, hex("ffd8ffc0001108" + size + "03012200"));
  }

  @Test
  void setsThatCannotBeReadMakeNoParameters() {
    assertThatThrownBy(
            () -> CodecParameters.h265(16, 16, List.of(VPS), List.of(hex("4201")), List.of(PPS)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CodecParameters.h265(16, 16, List.of(), List.of(SPS), List.of(PPS)))
        .hasMessage("at least one VPS is needed");
    assertThatThrownBy(() -> new CodecParameters(Codec.H265, 1, 1, List.of(SPS), List.of(PPS)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void interleavedH264IsRefusedByItsDescription() {
    MediaTrack track =
        new MediaTrack(
            0,
            MediaTrack.Kind.VIDEO,
            "rtsp://camera/1",
            96,
            "H264",
            90_000,
            1,
            Map.of("packetization-mode", "2"));
    assertThatThrownBy(() -> VideoFormat.of(track))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("interleaved packets only (packetization-mode 2)");
  }
}
