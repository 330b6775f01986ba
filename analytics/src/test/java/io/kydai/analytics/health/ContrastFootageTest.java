package io.kydai.analytics.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.file.VideoFile;
import io.kydai.ingest.SharedData;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Real clips, none of them hazy: what the network gets must be what it always got. */
class ContrastFootageTest {
  private static final long UNTIL = 40 * 90_000L;

  @ParameterizedTest
  @FieldSource("io.kydai.analytics.health.Footage#CLIPS")
  void aClearCameraIsNeverStretched(String name) {
    ContrastStretch contrast = new ContrastStretch();
    try (VideoFile file = VideoFile.open(SharedData.assumeThere(name))) {
      Optional<DecodedFrame> next = file.next();
      while (next.isPresent()) {
        try (DecodedFrame frame = next.get()) {
          assertThat(contrast.curve(frame).gain()).as("at %d", frame.mediaTime()).isEqualTo(1);
          next = frame.mediaTime() < UNTIL ? file.next() : Optional.empty();
        }
      }
    }
  }
}
