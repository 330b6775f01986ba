package io.kydai.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
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

  @Test
  void anEmptyPictureIsIdleASecondAfterTheLastMotionAndTheFirstMotionEndsIt() {
    assertThat(stillness.fps(false)).isInfinite();
    assertThat(seen(STILL, 0)).isFalse(); // the first: what was before is not known
    seen(MOVING, 1);
    seen(STILL, 1.9);
    assertThat(stillness.fps(false)).isInfinite();
    seen(STILL, 2);
    assertThat(stillness.fps(false)).isEqualTo(1);
    assertThat(seen(MOVING, 2.04)).isTrue();
    assertThat(stillness.fps(false)).isInfinite();
    assertThat(seen(MOVING, 2.08)).isFalse();
  }

  @Test
  void whatStandsThereIsLookedAtMoreOften() {
    seen(MOVING, 0);
    stillness.observed(of(0, 1, 2));
    seen(STILL, 1);
    assertThat(stillness.fps(false)).isEqualTo(3);
    stillness.observed(of(SECOND, 2, 1));
    assertThat(stillness.fps(false)).isEqualTo(3);
  }

  @Test
  void andSoItIsWhileAnAlertIsOpen() {
    seen(MOVING, 0);
    seen(STILL, 1);
    assertThat(stillness.fps(false)).isEqualTo(1);
    assertThat(stillness.fps(true)).isEqualTo(3);
  }

  @Test
  void anIdleRateAboveThatHoldsThereToo() {
    Stillness lively = new Stillness(5);
    lively.seen(MOVING, 0);
    lively.observed(of(0, 1));
    lively.seen(STILL, SECOND);
    assertThat(lively.fps(false)).isEqualTo(5);
  }

  @Test
  void aTrackThatIsNewOrMissingEndsItToo() {
    seen(MOVING, 0);
    stillness.observed(of(0, 1));
    seen(STILL, 1);
    stillness.observed(of(2 * SECOND, 1, 2));
    assertThat(stillness.fps(false)).isInfinite();
    seen(STILL, 2.9);
    assertThat(stillness.fps(false)).isInfinite();
    seen(STILL, 3);
    assertThat(stillness.fps(false)).isEqualTo(3);
    stillness.observed(of(4 * SECOND));
    assertThat(stillness.fps(false)).isInfinite();
    seen(STILL, 5);
    assertThat(stillness.fps(false)).isEqualTo(1);
  }

  @Test
  void mediaTimeThatBeginsAnewCountsAsMotion() {
    seen(MOVING, 100);
    seen(STILL, 101);
    assertThat(seen(STILL, 1)).isTrue();
    assertThat(stillness.fps(false)).isInfinite();
    seen(STILL, 2);
    assertThat(stillness.fps(false)).isEqualTo(1);
  }
}
