package io.kydai.ingest.codec.h264;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.SharedData;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H264SequenceParameterSetTest {
  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest
  @CsvSource({
    // Cropped from 1088 lines; baseline, so without a chroma format.
    "6742c028d900780227e584000003000400000300f03c60c920, 1920, 1080",
    "6764001facd9405005bb016c80000003008000001e078c18cb, 1280, 720",
  })
  void croppedSizesAreFound(String nal, int width, int height) throws Exception {
    H264SequenceParameterSet sps = H264SequenceParameterSet.parse(HEX.parseHex(nal));
    assertThat(sps.id()).isZero();
    assertThat(sps.width()).isEqualTo(width);
    assertThat(sps.height()).isEqualTo(height);
  }

  @Test
  void collectedVectorsGiveTheirSizes() throws Exception {
    int checked = 0;
    for (String row : Files.readAllLines(SharedData.assumeThere("codec/sps_vectors.tsv"))) {
      String[] columns = row.split("\t");
      if (columns[0].equals("h264")) {
        H264SequenceParameterSet sps = H264SequenceParameterSet.parse(HEX.parseHex(columns[2]));
        assertThat(sps.width() + "x" + sps.height())
            .as(columns[1])
            .isEqualTo(columns[3] + "x" + columns[4]);
        checked++;
      }
    }
    assertThat(checked).isEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({
    // Baseline: there are no B-pictures.
    "6742c028d900780227e584000003000400000300f03c60c920, 0",
    // High, with the bitstream's restrictions: x264 with -bf 3, with -bf 1 and with -bf 0.
    "6764000cacd941419f9f011000000300100000030320f1429960, 2",
    "6764000cacec1419f9f011000003000100000300320f142938, 1",
    "6764000cacb40a0cfcf808800000030080000019078a1550, 0",
  })
  void howFarPicturesAreReorderedIsFoundWhereItIsSaid(String nal, int depth) throws Exception {
    assertThat(H264SequenceParameterSet.parse(HEX.parseHex(nal)).reorderDepth()).isEqualTo(depth);
  }

  @Test
  void usabilityThatIsCutLeavesTheSizeAndSaysNothing() throws Exception {
    H264SequenceParameterSet sps =
        H264SequenceParameterSet.parse(HEX.parseHex("6764001facd9405005bb01"));
    assertThat(sps.width()).isEqualTo(1280);
    assertThat(sps.reorderDepth()).isNull();
  }

  @Test
  void everyCutOrBentSetIsAnErrorOrASizeAndNeverAnythingElse() {
    byte[] whole = HEX.parseHex("6764001facd9405005bb016c80000003008000001e078c18cb");
    for (int length = 0; length < 10; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> H264SequenceParameterSet.parse(cut))
          .isInstanceOf(MalformedBitstreamException.class);
    }
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] bent = whole.clone();
      bent[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        H264SequenceParameterSet sps = H264SequenceParameterSet.parse(bent);
        assertThat(sps.width()).isBetween(1, 16384);
        assertThat(sps.height()).isBetween(1, 32768);
      } catch (MalformedBitstreamException e) {
        assertThat(e).hasMessageNotContainingAny("67", "null");
      }
    }
  }

  /** As Reolink's cameras send it: the bits that end it are followed by two bytes more. */
  @Test
  void bytesBehindTheEndOfASetDoNotMatter() throws Exception {
    byte[] sps = HexFormat.of().parseHex("67640033ac1514a0a03da1000004f6000063380404");
    H264SequenceParameterSet read = H264SequenceParameterSet.parse(sps);
    assertThat(read.width()).isEqualTo(640);
    assertThat(read.height()).isEqualTo(480);
  }

  @Test
  void startCodesAndZerosBehindASetAreCutOff() {
    assertThat(NalUnits.trimmed(HEX.parseHex("68ee3c800000000001")))
        .isEqualTo(HEX.parseHex("68ee3c80"));
    assertThat(NalUnits.trimmed(HEX.parseHex("68ee3c8000"))).isEqualTo(HEX.parseHex("68ee3c80"));
    assertThat(NalUnits.trimmed(HEX.parseHex("68ee3c01"))).isEqualTo(HEX.parseHex("68ee3c01"));
  }
}
