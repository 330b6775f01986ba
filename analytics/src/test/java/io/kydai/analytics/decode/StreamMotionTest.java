package io.kydai.analytics.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kydai.analytics.file.VideoFile;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A textured square of 80 pixels stands before a textured background and begins, after the last
 * look, to move by 4 pixels right and 1 down a picture: the same scene in several codecs. Its box
 * is carried there by the motion between pictures alone.
 */
class StreamMotionTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 352;
  private static final int SIDE = 80;
  private static final int LOOKS_UNTIL = 60; // pictures; H.264 without vectors needs two seconds
  private static final int CARRIED = 25;

  @TempDir private Path folder;

  private Path film(String codec) throws IOException, InterruptedException {
    Path clip = folder.resolve("moving.mp4");
    String texture =
        "nullsrc=size=%s:rate=25,geq=random(%d)*255:128:128,gblur=sigma=4,eq=contrast=3,"
            + "trim=end_frame=1,loop=loop=100:size=1:start=0,setpts=N/25/TB";
    FfmpegProgram.run(
        "-y -f lavfi -i "
            + String.format(texture, WIDTH + "x" + HEIGHT, 1)
            + " -f lavfi -i "
            + String.format(texture, SIDE + "x" + SIDE, 2)
            + " -filter_complex [0][1]overlay=x=20+2*(n-60+abs(n-60)):y=40+(n-60+abs(n-60))/2:eval=frame"
            + " -frames:v "
            + (LOOKS_UNTIL + CARRIED + 1)
            + " -pix_fmt yuv420p "
            + codec
            + " "
            + clip);
    return clip;
  }

  private static Box at(int picture) {
    float left = 20 + 4 * Math.max(0, picture - LOOKS_UNTIL);
    float top = 40 + Math.max(0, picture - LOOKS_UNTIL);
    return new Box(left / WIDTH, top / HEIGHT, (left + SIDE) / WIDTH, (top + SIDE) / HEIGHT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c:v libx264 -preset veryfast -bf 0 -g 100",
        "-c:v libx264 -preset veryfast -g 1",
        "-c:v mjpeg -q:v 4",
        "-c:v libx265 -x265-params log-level=none -bf 0"
      })
  void aBoxGoesWithTheSameSceneInEachCodec(String codec) throws Exception {
    StreamMotion motion = new StreamMotion();
    ByteTracker tracker = new ByteTracker();
    List<Track> carried = List.of();
    int number = 0;
    try (VideoFile file = VideoFile.open(film(codec), true)) {
      Optional<DecodedFrame> next = file.next();
      while (next.isPresent()) {
        try (DecodedFrame frame = next.get()) {
          long time = frame.mediaTime();
          tracker.propagate(motion.of(frame), time, WIDTH, HEIGHT);
          if (number <= LOOKS_UNTIL) {
            tracker.update(List.of(new Detection("car", 0.9f, at(number))), time, WIDTH, HEIGHT);
          } else {
            carried = tracker.between(time, WIDTH, HEIGHT);
            assertThat(tracker.states(time, WIDTH, HEIGHT))
                .filteredOn(state -> state.carried())
                .as("picture %d is covered, or too near the last look", number)
                .hasSizeBetween(number > LOOKS_UNTIL + 4 ? 1 : 0, 1);
          }
        }
        number++;
        next = file.next();
      }
    }
    assertThat(number).isEqualTo(LOOKS_UNTIL + CARRIED + 1);
    Box expected = at(number - 1);
    assertThat(carried).hasSize(1);
    Box found = carried.get(0).box();
    assertThat(found.left() * WIDTH).isCloseTo(expected.left() * WIDTH, within(8f));
    assertThat(found.top() * HEIGHT).isCloseTo(expected.top() * HEIGHT, within(4f));
  }
}
