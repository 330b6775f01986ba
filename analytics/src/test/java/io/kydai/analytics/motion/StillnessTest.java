package io.kydai.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.Observation;
import io.kydai.analytics.Track;
import io.kydai.ingest.CameraId;
import io.kydai.models.Box;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StillnessTest {
  private static final MotionMap STILL = new MotionMap(2, 1, new BitSet());
  private static final MotionMap MOVING = new MotionMap(2, 1, BitSet.valueOf(new long[] {1}));
  private static final long SECOND = 90_000;

  private final Stillness stillness = new Stillness(1);

  private static Observation of(long mediaTime, long... tracks) {
    List<Track> list =
        LongStream.of(tracks)
            .mapToObj(
                id -> new Track(id, "car", 0.5f, new Box(0.4f, 0.4f, 0.6f, 0.6f), true, mediaTime))
            .toList();
    return new Observation(
        new CameraId("gate"), mediaTime, Instant.EPOCH.plusMillis(mediaTime / 90), 640, 360, list);
  }

  private boolean seen(MotionMap map, double second) {
    return stillness.seen(map, (long) (second * SECOND));
  }

  private double fps(double second) {
    return stillness.fps((long) (second * SECOND));
  }

  @Test
  void anEmptyPictureIsIdleThreeSecondsAfterTheLastMotionAndTheFirstMotionEndsIt() {
    assertThat(fps(0)).isInfinite();
    assertThat(seen(STILL, 0)).isFalse(); // the first: what was before is not known
    seen(MOVING, 1);
    seen(STILL, 3.9);
    assertThat(fps(3.9)).isInfinite();
    seen(STILL, 4);
    assertThat(fps(4)).isEqualTo(1);
    assertThat(seen(MOVING, 4.04)).isTrue();
    assertThat(fps(4.04)).isInfinite();
    assertThat(seen(MOVING, 4.08)).isFalse();
  }

  @Test
  void whatStandsThereIsLookedAtMoreOften() {
    seen(MOVING, 0);
    stillness.observed(of(0, 1, 2));
    seen(STILL, 3);
    assertThat(fps(3)).isEqualTo(3);
    stillness.observed(of(3 * SECOND, 1));
    assertThat(fps(6)).isEqualTo(3);
    stillness.observed(of(6 * SECOND));
    assertThat(fps(6.1)).isEqualTo(1); // given up by the tracker, too
  }

  @Test
  void aTrackThatIsNewEndsItToo() {
    seen(MOVING, 0);
    stillness.observed(of(0, 1));
    seen(STILL, 3);
    stillness.observed(of(3 * SECOND, 1));
    assertThat(fps(3.1)).isEqualTo(3);
    stillness.observed(of((long) (3.3 * SECOND), 1, 2));
    assertThat(fps(3.4)).isInfinite();
    seen(STILL, 6.2);
    assertThat(fps(6.2)).isInfinite();
    seen(STILL, 6.3);
    assertThat(fps(6.3)).isEqualTo(3);
  }

  @Test
  void mediaTimeThatBeginsAnewCountsAsMotion() {
    seen(MOVING, 100);
    seen(STILL, 103);
    assertThat(seen(STILL, 1)).isTrue();
    assertThat(fps(1)).isInfinite();
    seen(STILL, 4);
    assertThat(fps(4)).isEqualTo(1);
  }
}
