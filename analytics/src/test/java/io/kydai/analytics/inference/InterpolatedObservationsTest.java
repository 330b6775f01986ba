package io.kydai.analytics.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.tracking.Tracker;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterpolatedObservationsTest {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  private final InterpolatedObservations interpolated = new InterpolatedObservations(10);
  private final Tracker tracker =
      new Tracker() {
        @Override
        public List<Track> update(List<Detection> detections, long time, int width, int height) {
          return List.of();
        }

        @Override
        public List<Track> interpolated(long time, int width, int height) {
          float x = (float) MediaTime.seconds(time) / 10;
          return List.of(new Track(1, "person", 0.9f, new Box(x, 0, x + 0.1f, 0.2f), true, 0));
        }
      };

  private List<Observation> look(double seconds) {
    return interpolated.before(
        new Observation(
            new CameraId("gate"),
            MediaTime.ticksOfSeconds(seconds),
            NOON.plusMillis(Math.round(1000 * seconds)),
            640,
            360,
            List.of()),
        tracker);
  }

  @Test
  void threeLooksASecondAreFilledUpToTen() {
    assertThat(look(1)).isEmpty();
    List<Observation> between = look(1.3);

    assertThat(between).allMatch(Observation::propagated);
    assertThat(between)
        .extracting(Observation::mediaTime)
        .containsExactly(MediaTime.ticksOfSeconds(1.1), MediaTime.ticksOfSeconds(1.2));
    assertThat(between)
        .extracting(Observation::wallClock)
        .containsExactly(NOON.plusMillis(1100), NOON.plusMillis(1200));
    assertThat(between.get(1).tracks()).hasSize(1);
  }

  @Test
  void looksAtTheFullRateStandAlone() {
    look(1);
    assertThat(look(1.1)).isEmpty();
    assertThat(look(1.24)).isEmpty();
  }

  @Test
  void aLongGapIsNotFilled() {
    look(1);
    assertThat(look(10)).isEmpty();
    assertThat(look(10.2)).hasSize(1);
  }
}
