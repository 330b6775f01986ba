package io.kydai.analytics.inference;

import io.kydai.analytics.motion.MotionMap;
import io.kydai.analytics.motion.MotionMeter;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.regions.DuplicateMerger;
import io.kydai.analytics.regions.FarZones;
import io.kydai.analytics.regions.RegionCoverage;
import io.kydai.analytics.regions.RegionPlanner;
import io.kydai.analytics.regions.RegionView;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.tracking.Coverage;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.InputSize;
import java.util.List;
import java.util.Optional;

/**
 * Looks at each frame of one camera as a whole and, where its scene has far zones, at one region of
 * it once more in its own resolution. So a frame costs one or two inferences. One thread at a time.
 */
final class RegionInference {
  private final FarZones far;
  private final MotionMeter meter = new MotionMeter();
  private RegionPlanner planner;
  private InputSize input;

  RegionInference(Scene scene) {
    this.far = FarZones.of(scene);
  }

  DetectionResult see(Frame frame, InferenceWorker worker, StageTimes times) {
    List<Detection> whole = worker.detect(frame, times);
    if (far.isEmpty()) {
      return new DetectionResult(whole, Coverage.EVERYWHERE);
    }
    if (!worker.inputSize().equals(input)) {
      input = worker.inputSize();
      planner = new RegionPlanner(input, far);
    }
    int width = frame.width();
    int height = frame.height();
    MotionMap motion = meter.observe(frame);
    planner.learnWhole(whole, width, height);
    Optional<RegionView> view = planner.next(width, height, frame.mediaTime(), motion);
    if (view.isEmpty()) {
      return new DetectionResult(whole, new RegionCoverage(far, input, width, height, List.of()));
    }
    List<Detection> close = planner.learnClose(view.get(), worker.detect(frame, view.get(), times));
    return new DetectionResult(
        DuplicateMerger.removed(whole, close),
        new RegionCoverage(far, input, width, height, List.of(view.get())));
  }
}
