package io.kydai.analytics.signals;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.rules.settings.SignalFeed.Light;
import io.kydai.analytics.rules.settings.SignalFeed.Shown;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.ingest.source.CameraId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** A signal that goes through its lights, and what a reader makes of the pictures of it. */
final class DrawnFilm {
  /** Each light's seconds, in order; twice round. */
  static final List<Light> LIGHTS =
      List.of(Light.RED, Light.GREEN, Light.AMBER, Light.RED, Light.GREEN, Light.AMBER, Light.RED);

  private static final double[] SECONDS = {2.5, 2.5, 1.8, 2.5, 2.5, 1.8, 2};
  private static final CameraId CAMERA = new CameraId("drawn");

  /**
   * @param wrong pictures on which another light than that of the last 0.6 s was shown
   * @param late pictures on which nothing was shown though the light was the same for 1 s
   * @param wrongRed of the wrong ones, those that were shown red
   */
  record Result(int pictures, int wrong, int late, int wrongRed) {}

  private DrawnFilm() {}

  static Light truth(double seconds) {
    double end = 0;
    for (int i = 0; i < SECONDS.length; i++) {
      end += SECONDS[i];
      if (seconds < end) {
        return LIGHTS.get(i);
      }
    }
    return LIGHTS.get(LIGHTS.size() - 1);
  }

  static double length() {
    double sum = 0;
    for (double seconds : SECONDS) {
      sum += seconds;
    }
    return sum;
  }

  /** What a lamp of diodes looks like on the picture of such a number. */
  static DrawnHead.Phase flicker(int number) {
    double beat = number * 0.23 % 1;
    if (beat < 0.15) {
      return DrawnHead.Phase.OFF;
    }
    if (beat < 0.25) {
      return DrawnHead.Phase.HALF;
    }
    if (beat < 0.4) {
      return DrawnHead.Phase.WEAK;
    }
    return beat < 0.7 ? DrawnHead.Phase.FULL : DrawnHead.Phase.GLARING;
  }

  /** Reads pictures as they were drawn. */
  static Result read(
      DrawnHead head,
      Zone zone,
      double fps,
      double noise,
      Function<Integer, DrawnHead.Look> looks) {
    CameraSignals signals =
        new CameraSignals(CAMERA, new Scene(List.of(), List.of(zone)), List.of());
    Random random = new Random(7);
    Counter counter = new Counter();
    for (int i = 0; i < length() * fps; i++) {
      long time = Math.round(i * 90_000 / fps);
      DrawnHead.Look look = looks.apply(i);
      try (DecodedFrame frame = DecodedFrame.ofFile(head.picture(look, noise, random), time)) {
        signals.look(frame);
        counter.count(signals.shown(CAMERA, "head", frame.wallClock()), i / fps);
      }
    }
    return counter.result();
  }

  static DrawnHead.Look look(
      DrawnHead.Weather weather,
      double seconds,
      DrawnHead.Phase phase,
      DrawnHead.Countdown digits) {
    return new DrawnHead.Look(weather, Set.of(truth(seconds)), phase, digits);
  }

  /** Holds what is shown against the truth. */
  static final class Counter {
    private int pictures;
    private int wrong;
    private int late;
    private int wrongRed;

    void count(Optional<Shown> shown, double seconds) {
      pictures++;
      Light now = truth(seconds);
      Optional<Light> light = shown.map(Shown::light);
      boolean right = light.isEmpty() || light.get() == now;
      if (!right && light.get() != truth(Math.max(0, seconds - 0.6))) {
        wrong++;
        wrongRed += light.get() == Light.RED ? 1 : 0;
      }
      if (light.isEmpty() && truth(Math.max(0, seconds - 1)) == now && seconds >= 1) {
        late++;
      }
    }

    Result result() {
      return new Result(pictures, wrong, late, wrongRed);
    }
  }
}
