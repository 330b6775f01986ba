package io.kydai.ingest.codec.h264;

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
      H264SequenceParameterSet set = H264SequenceParameterSet.parse(input);
      assertThat(set.id()).isBetween(0, 31);
      assertThat(set.width()).isBetween(1, 16 * 1024);
      assertThat(set.height()).isBetween(1, 2 * 16 * 1024);
    } catch (MalformedBitstreamException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @FuzzTest(maxDuration = "1m")
  void picture(byte[] input) {
    try {
      H264PictureParameterSet set = H264PictureParameterSet.parse(input);
      assertThat(set.id()).isBetween(0, 255);
    } catch (MalformedBitstreamException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @FuzzTest(maxDuration = "1m")
  void slice(byte[] input) {
    try {
      H264SliceHeader slice = H264SliceHeader.parse(input);
      assertThat(slice.pictureParameterSet()).isBetween(0, 255);
    } catch (MalformedBitstreamException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }
}
