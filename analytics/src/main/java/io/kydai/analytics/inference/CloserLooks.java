package io.kydai.analytics.inference;

import io.kydai.analytics.motion.MotionMap;
import io.kydai.analytics.motion.MotionMeter;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.regions.CloseView;
import io.kydai.analytics.regions.Doubles;
import io.kydai.analytics.regions.FarZones;
import io.kydai.analytics.regions.Looks;
import io.kydai.analytics.regions.RegionPlanner;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.tracking.Looked;
import io.kydai.models.Detection;
import io.kydai.models.InputSize;
import java.util.List;
import java.util.Optional;

/**
 * Looks at each frame of one camera as a whole and, where its scene has far zones, at one region of
 * it once more in its own resolution. So a frame costs one or two inferences. One thread at a time.
 */
final class CloserLooks {
  private final FarZones far;
  private final MotionMeter meter = new MotionMeter();
  private RegionPlanner planner;
  private InputSize input;

  CloserLooks(Scene scene) {
    this.far = FarZones.of(scene);
  }

  Sighting see(Frame frame, InferenceWorker worker, StageTimes times) {
    List<Detection> whole = worker.detect(frame, times);
    if (far.isEmpty()) {
      return new Sighting(whole, Looked.EVERYWHERE);
    }
    if (!worker.inputSize().equals(input)) {
      input = worker.inputSize();
      planner = new RegionPlanner(input, far);
    }
    int width = frame.width();
    int height = frame.height();
    MotionMap motion = meter.observe(frame);
    planner.learnWhole(whole, width, height);
    Optional<CloseView> view = planner.next(width, height, frame.mediaTime(), motion);
    if (view.isEmpty()) {
      return new Sighting(whole, new Looks(far, input, width, height, List.of()));
    }
    List<Detection> close = planner.learnClose(view.get(), worker.detect(frame, view.get(), times));
    return new Sighting(
        Doubles.removed(whole, close), new Looks(far, input, width, height, List.of(view.get())));
  }
}
