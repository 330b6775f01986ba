package io.kydai.ingest.codec.h265;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;

/**
 * Parameter sets are what they should be or are refused by a {@link MalformedBitstreamException}.
 * As ordinary tests these run on their seeds only.
 */
class ParameterSetFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void sequence(byte[] input) {
    try {
      H265SequenceParameterSet set = H265SequenceParameterSet.parse(input);
      assertThat(set.id()).isBetween(0, 15);
      assertThat(set.width()).isPositive();
      assertThat(set.height()).isPositive();
      assertThat(set.reorderedPictures()).isBetween(0, 15);
    } catch (MalformedBitstreamException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @FuzzTest(maxDuration = "1m")
  void others(byte[] input) {
    try {
      assertThat(H265PictureParameterSet.parse(input).id()).isBetween(0, 63);
    } catch (MalformedBitstreamException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
    try {
      assertThat(VideoParameterSet.parse(input).id()).isBetween(0, 15);
    } catch (MalformedBitstreamException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
    try {
      assertThat(H265SliceHeader.parse(input).pictureParameterSet()).isBetween(0, 63);
    } catch (MalformedBitstreamException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }
}
