package io.kydai.ingest.simulator.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kydai.ingest.simulator.HandMadeClip;
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
    assertThat(clip.picture(1).parts()).hasSize(1);
    for (long key : new long[] {0, 2, 3}) {
      assertThat(clip.picture(key).key()).isTrue();
      assertThat(clip.picture(key).parts().subList(0, 3))
          .containsExactly(HandMadeClip.SPS, HandMadeClip.PPS, OTHER_PPS);
    }
  }

  @Test
  void pictures_keep_the_parameter_sets_that_came_with_them() {
    Clip clip =
        Clip.of(
            new HandMadeClip()
                .unit(HandMadeClip.SPS)
                .unit(HandMadeClip.PPS)
                .key()
                .unit(OTHER_PPS)
                .predicted()
                .predicted()
                .bytes());
    assertThat(clip.picture(1).parts()).hasSize(2).first().isEqualTo(OTHER_PPS);
    assertThat(clip.picture(2).parts()).hasSize(1);
  }

  @Test
  void a_new_sequence_parameter_set_replaces_the_one_of_its_id() {
    byte[] other = HandMadeClip.SPS.clone();
    other[3] = 0x28;
    Clip clip =
        Clip.of(
            new HandMadeClip()
                .unit(HandMadeClip.SPS)
                .unit(HandMadeClip.PPS)
                .key()
                .unit(other)
                .key()
                .bytes());
    assertThat(clip.picture(0).parts()).first().isEqualTo(HandMadeClip.SPS);
    assertThat(clip.picture(1).parts()).hasSize(3).first().isEqualTo(other);
    assertThat(clip.picture(1).parts()).element(1).isEqualTo(HandMadeClip.PPS);
  }

  @Test
  void refuses_slices_before_their_parameter_sets() {
    byte[] stream = new HandMadeClip().unit(HandMadeClip.SPS).key().bytes();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Clip.of(stream))
        .withMessageContaining("before its parameter sets");
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
