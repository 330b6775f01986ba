package io.kydai.analytics.flow;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.scene.Point;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Made-up road users, one after another or at once, 10 frames a second unless told otherwise. */
public final class Traffic {
  private static final CameraId CAMERA = new CameraId("road");
  private static final Instant START = Instant.parse("2026-11-23T07:00:00Z");

  private final FlowMap map;
  private final Random random;
  private final int width;
  private final int height;
  private final long step;
  private long time;
  private long lastId;

  public Traffic(FlowMap map) {
    this(map, 1280, 720, MediaTime.TICKS_PER_SECOND / 10);
  }

  Traffic(FlowMap map, int width, int height, long step) {
    this.map = map;
    this.random = new Random(7);
    this.width = width;
    this.height = height;
    this.step = step;
  }

  /** So many cars along a path of places, each a little beside it, in three seconds. */
  public Traffic drive(int cars, String label, double beside, Point... path) {
    for (int i = 0; i < cars; i++) {
      double dx = random.nextGaussian() * beside;
      double dy = random.nextGaussian() * beside;
      lastId++;
      long begin = time;
      int frames = (int) (3 * MediaTime.TICKS_PER_SECOND / step);
      for (int frame = 0; frame <= frames; frame++) {
        double place = (path.length - 1.0) * frame / frames;
        int leg = Math.min(path.length - 2, (int) place);
        double part = place - leg;
        double x = path[leg].x() + part * (path[leg + 1].x() - path[leg].x()) + dx;
        double y = path[leg].y() + part * (path[leg + 1].y() - path[leg].y()) + dy;
        show(List.of(track(lastId, label, x, y, begin)));
      }
    }
    return this;
  }

  /** People or cars that stand, and tremble as detections do. */
  Traffic stand(String label, double seconds, Point... places) {
    long begin = time;
    long first = lastId + 1;
    lastId += places.length;
    for (double second = 0; second < seconds; second += 1.0 * step / MediaTime.TICKS_PER_SECOND) {
      List<Track> tracks = new ArrayList<>();
      for (int i = 0; i < places.length; i++) {
        double x = places[i].x() + random.nextGaussian() * 0.003;
        double y = places[i].y() + random.nextGaussian() * 0.003;
        tracks.add(track(first + i, label, x, y, begin));
      }
      show(tracks);
    }
    return this;
  }

  /** Boxes here and there under one id, as a bad detector gives. */
  Traffic jump(int frames) {
    lastId++;
    long begin = time;
    for (int i = 0; i < frames; i++) {
      double x = 0.1 + 0.8 * random.nextDouble();
      double y = 0.1 + 0.8 * random.nextDouble();
      show(List.of(track(lastId, "car", x, y, begin)));
    }
    return this;
  }

  /** Time that is watched while nothing is there. */
  Traffic quiet(double seconds) {
    for (double second = 0; second < seconds; second += 2) {
      time += 2L * MediaTime.TICKS_PER_SECOND - step;
      show(List.of());
    }
    return this;
  }

  /** The camera's analysis begins anew: ids and times as at the beginning. */
  Traffic again() {
    time = 0;
    lastId = 0;
    return this;
  }

  void show(List<Track> tracks) {
    time += step;
    map.onObservation(
        new Observation(CAMERA, time, START.plusNanos(time * 100_000 / 9), width, height, tracks));
  }

  static Track track(long id, String label, double x, double y, long begin) {
    Box box = new Box((float) (x - 0.03), (float) (y - 0.08), (float) (x + 0.03), (float) y);
    return new Track(id, label, 0.8f, box, true, begin);
  }
}
