package io.kydai.console.activity;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is kept of made-up objects, written as the node writes it. */
public final class MovedObjects {
  private static final ActivityArchive.Keeping FOR_EVER =
      new ActivityArchive.Keeping() {
        @Override
        public Duration age(CameraId camera) {
          return Duration.ofDays(10_000);
        }

        @Override
        public boolean isRecorded(CameraId camera, Instant from, Instant to) {
          return true;
        }
      };

  private MovedObjects() {}

  /** At each of the times, in their order, a car crosses the middle of the picture in 2 s. */
  public static void cars(Path folder, CameraId camera, Instant... times) {
    try (ActivityArchive archive = new ActivityArchive(folder, FOR_EVER, Clock.systemUTC())) {
      for (Instant time : times) {
        for (int i = 0; i <= 20; i++) {
          float x = 0.1f + 0.04f * i;
          Track car = new Track(1, "car", 0.9f, new Box(x - 0.05f, 0.4f, x + 0.05f, 0.5f), true, 0);
          archive.add(
              new Observation(camera, 0, time.plusMillis(100L * i), 1280, 720, List.of(car)));
        }
      }
    }
  }
}
