package io.kydai.ingest.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamChoiceTest {
  private static MediaProfile profile(String token, String encoding, int width, int height) {
    return new MediaProfile(
        token, token, encoding.isEmpty() ? null : encoding, width, height, 25, false, false);
  }

  private static String chosen(MediaProfile... profiles) {
    StreamChoice choice = StreamChoice.of(List.of(profiles));
    return Optional.ofNullable(choice.main()).map(MediaProfile::token).orElse("-")
        + " "
        + Optional.ofNullable(choice.sub()).map(MediaProfile::token).orElse("-");
  }

  @Test
  void theLargestIsMainAndTheSmallestUsefulIsSub() {
    assertThat(
            chosen(
                profile("tiny", "H264", 160, 120),
                profile("sub", "H264", 640, 360),
                profile("third", "H264", 1280, 720),
                profile("main", "H265", 3840, 2160)))
        .isEqualTo("main sub");
  }

  @Test
  void aCameraOfOneStreamHasNoSubStream() {
    assertThat(chosen(profile("only", "H264", 1280, 720))).isEqualTo("only -");
    assertThat(chosen(profile("a", "H264", 2560, 1440), profile("b", "H264", 1920, 1080)))
        .isEqualTo("a -");
  }

  @Test
  void jpegIsTakenOnlyWhereThereIsNothingElse() {
    assertThat(chosen(profile("j", "JPEG", 3840, 2160), profile("h", "H264", 1280, 720)))
        .isEqualTo("h -");
    assertThat(chosen(profile("j", "JPEG", 800, 600), profile("k", "JPEG", 320, 240)))
        .isEqualTo("j k");
  }

  @Test
  void ofTwoAlikeTheFirstIsTakenAndSoundAloneIsNoStream() {
    assertThat(chosen(profile("a", "H264", 1920, 1080), profile("b", "H264", 1920, 1080)))
        .isEqualTo("a -");
    assertThat(chosen(profile("sound", "", 0, 0))).isEqualTo("- -");
    assertThat(chosen(profile("unsaid", "H264", 0, 0))).isEqualTo("unsaid -");
  }
}
