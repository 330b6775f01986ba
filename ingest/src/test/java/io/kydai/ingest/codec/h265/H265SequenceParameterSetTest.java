package io.kydai.ingest.codec.h265;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.SharedData;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class H265SequenceParameterSetTest {
  private static final HexFormat HEX = HexFormat.of();

  /** Main profile, main tier, level 4, 1920 pixels by 1080, cropped from 1088. */
  private static final String FULL_HD =
      "420101016000000300900000030000030078a003c08010e596666924cae010000003001000000301e080";

  @Test
  void whatAPlayerMustKnowIsRead() throws Exception {
    H265SequenceParameterSet sps = H265SequenceParameterSet.parse(HEX.parseHex(FULL_HD));
    assertThat(sps.width() + "x" + sps.height()).isEqualTo("1920x1080");
    assertThat(sps.profile().name()).isEqualTo("1.6.L120.90");
    assertThat(sps.subLayers()).isEqualTo(1);
    assertThat(sps.chromaFormat()).isEqualTo(1);
    assertThat(sps.lumaBits()).isEqualTo(8);
  }

  @Test
  void collectedVectorsGiveTheirSizes() throws Exception {
    int checked = 0;
    for (String row : Files.readAllLines(SharedData.assumeThere("codec/sps_vectors.tsv"))) {
      String[] columns = row.split("\t");
      if (columns[0].equals("h265")) {
        H265SequenceParameterSet sps = H265SequenceParameterSet.parse(HEX.parseHex(columns[2]));
        assertThat(sps.width() + "x" + sps.height())
            .as(columns[1])
            .isEqualTo(columns[3] + "x" + columns[4]);
        checked++;
      }
    }
    assertThat(checked).isEqualTo(8);
  }

  @Test
  void everyCutOrBentSetIsAnErrorOrASizeAndNeverAnythingElse() {
    byte[] whole = HEX.parseHex(FULL_HD);
    for (int length = 0; length < 24; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> H265SequenceParameterSet.parse(cut))
          .isInstanceOf(MalformedBitstreamException.class);
    }
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] bent = whole.clone();
      bent[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        H265SequenceParameterSet sps = H265SequenceParameterSet.parse(bent);
        assertThat(sps.width()).isBetween(1, 16_888);
        assertThat(sps.height()).isBetween(1, 16_888);
      } catch (MalformedBitstreamException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }
}
