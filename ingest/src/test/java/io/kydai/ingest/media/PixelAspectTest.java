package io.kydai.ingest.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.BitWriter;
import io.kydai.ingest.codec.syntax.PixelAspectRatio;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pixel aspect ratios in the usability information of sets that are written bit by bit. */
class PixelAspectTest {
  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, 1:1",
    "6, 0, 0, 24:11",
    "14, 0, 0, 4:3",
    "255, 37, 20, 37:20",
    "40, 0, 0, 1:1"
  })
  void isReadFromH264(int idc, int width, int height, String ratio) {
    for (int profile : new int[] {66, 100}) {
      BitWriter out = new BitWriter(0x67, profile, 0, 30).unsigned(0);
      if (profile == 100) {
        out.unsigned(1).unsigned(0).unsigned(0).bits(0, 2);
      }
      out.unsigned(0).unsigned(2).unsigned(1).bits(0, 1); // frame numbers, order, references
      out.unsigned(10).unsigned(17).bits(1, 1).bits(0, 2); // 176x288, frames only, not cropped
      byte[] sps = aspect(out.bits(1, 1), idc, width, height).bits(0, 7).trailing();
      CodecParameters read =
          new CodecParameters(
              Codec.H264, 176, 288, List.of(sps), List.of(new byte[] {0x68, (byte) 0xce}));
      assertThat(read.pixelAspect()).hasToString(ratio);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 0, 1:1", "6, 0, 0, 24:11", "14, 0, 0, 4:3", "255, 37, 20, 37:20"})
  void isReadFromH265BehindScalingListsAndReferenceSets(
      int idc, int width, int height, String ratio) {
    BitWriter out = new BitWriter(0x42, 1).bits(0, 4).bits(0, 3).bits(1, 1);
    out.bits(1, 8).bits(0, 32).bits(0, 24).bits(0, 24).bits(93, 8); // general profile and level
    out.unsigned(0).unsigned(1).unsigned(176).unsigned(288).bits(0, 1);
    out.unsigned(0).unsigned(0).unsigned(4).bits(1, 1);
    out.unsigned(4).unsigned(2).unsigned(0); // decoder's pictures
    for (int i = 0; i < 6; i++) {
      out.unsigned(0);
    }
    out.bits(3, 2); // scaling lists, told here
    for (int list = 0; list < 20; list++) {
      if (list == 3) {
        out.bits(1, 1);
        for (int i = 0; i < 16; i++) {
          out.unsigned(1);
        }
      } else {
        out.bits(0, 1).unsigned(0);
      }
    }
    out.bits(0, 2).bits(1, 1).bits(0x77, 8).unsigned(0).unsigned(0).bits(0, 1); // with PCM
    out.unsigned(2); // two sets of references, the second told by the first
    out.unsigned(2).unsigned(1);
    for (int i = 0; i < 3; i++) {
      out.unsigned(0).bits(1, 1);
    }
    out.bits(1, 1).bits(0, 1).unsigned(0).bits(1, 1).bits(1, 2).bits(0, 2).bits(1, 1);
    out.bits(1, 1).unsigned(1).bits(5, 8).bits(1, 1); // one long-term reference
    out.bits(0, 2).bits(1, 1);
    byte[] sps = aspect(out, idc, width, height).bits(0, 20).trailing();
    CodecParameters read =
        CodecParameters.h265(
            176,
            288,
            List.of(new byte[] {0x40, 1, 0x0c, 1}),
            List.of(sps),
            List.of(new byte[] {0x44, 1, (byte) 0xc0}));
    assertThat(read.pixelAspect()).hasToString(ratio);
  }

  private static BitWriter aspect(BitWriter out, int idc, int width, int height) {
    out.bits(1, 1).bits(idc, 8);
    return PixelAspectRatio.isExtended(idc) ? out.bits(width, 16).bits(height, 16) : out;
  }
}
