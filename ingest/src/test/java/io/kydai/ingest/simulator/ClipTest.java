package io.kydai.ingest.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipTest {
  private static final byte[] OTHER_PPS = {0x68, 0x5a, 0x11};

  @Test
  void puts_every_parameter_set_before_each_key_picture_and_nowhere_else() {
    Clip clip =
        Clip.of(
            new HandMadeClip()
                .unit(HandMadeClip.SPS)
                .unit(HandMadeClip.PPS)
                .unit(OTHER_PPS)
                .key()
                .predicted()
                .unit(HandMadeClip.SPS)
                .unit(HandMadeClip.PPS)
                .key()
                .bytes());
    assertThat(clip.length()).isEqualTo(3);
    assertThat(clip.picture(1).nals()).hasSize(1);
    for (long key : new long[] {0, 2, 3}) {
      assertThat(clip.picture(key).key()).isTrue();
      assertThat(clip.picture(key).nals().subList(0, 3))
          .containsExactly(HandMadeClip.SPS, HandMadeClip.PPS, OTHER_PPS);
    }
  }

  @Test
  void refuses_b_pictures_since_the_stream_does_not_say_when_they_are_shown() {
    byte[] stream =
        new HandMadeClip()
            .unit(HandMadeClip.SPS)
            .unit(HandMadeClip.PPS)
            .key()
            .predicted()
            .bidirectional()
            .bytes();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Clip.of(stream))
        .withMessageContaining("B-pictures");
  }

  @Test
  void refuses_a_stream_that_changes_its_sequence_parameter_set() {
    byte[] other = {0x67, 0x4d, 0x00, 0x1f, 0x22};
    byte[] stream =
        new HandMadeClip()
            .unit(HandMadeClip.SPS)
            .unit(HandMadeClip.PPS)
            .key()
            .unit(other)
            .key()
            .bytes();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Clip.of(stream))
        .withMessageContaining("sequence parameter set");
  }

  @Test
  void names_the_file_that_it_cannot_play(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("notes.txt"), "no video");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Clip.load(file))
        .withMessageContaining("notes.txt");
    Assertions.assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Clip.load(folder.resolve("missing.h264")))
        .withMessageContaining("missing.h264");
  }
}
