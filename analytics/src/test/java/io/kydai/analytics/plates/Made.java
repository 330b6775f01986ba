package io.kydai.analytics.plates;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.settings.WatchList;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import io.kydai.models.plates.PlateFormat;
import io.kydai.models.plates.PlateReader;
import io.kydai.models.plates.PlateReading;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** Tracks, settings, and a reader that says what the test wants. */
final class Made {
  static final CameraId CAMERA = new CameraId("gate");
  static final PlateSettings VIETNAM = new PlateSettings(PlateFormat.VIETNAM, 0.8, WatchList.EMPTY);

  private Made() {}

  static Track car(long id, double left, double top, double right, double bottom) {
    Box box = new Box((float) left, (float) top, (float) right, (float) bottom);
    return new Track(id, "car", 0.9f, box, true, 0);
  }

  static Observation observation(long mediaTime, Track... tracks) {
    return new Observation(
        CAMERA,
        mediaTime,
        Instant.EPOCH.plusMillis(mediaTime / 90),
        Drawn.WIDTH,
        Drawn.HEIGHT,
        List.of(tracks));
  }

  static PlateReading reading(String text, double each) {
    return reading(text, each, new Box(0.4f, 0.7f, 0.6f, 0.8f));
  }

  static PlateReading reading(String text, double each, Box box) {
    return new PlateReading(text, Collections.nCopies(text.length(), (float) each), 1, box);
  }

  /** Says one list after the other, then nothing any more. */
  static final class Reader implements PlateReader {
    final Deque<List<PlateReading>> answers = new ArrayDeque<>();
    int reads;
    int closes;

    @Override
    public List<PlateReading> read(ByteBuffer pixels, int width, int height) {
      reads++;
      return answers.isEmpty() ? List.of() : answers.remove();
    }

    @Override
    public void close() {
      closes++;
    }
  }
}
