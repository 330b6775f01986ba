package io.kydai.analytics.inference;

import io.kydai.analytics.decode.ToneCurve;
import io.kydai.analytics.health.ContrastStretch;
import io.kydai.analytics.motion.MotionMap;
import io.kydai.analytics.motion.MotionMeter;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.regions.DuplicateMerger;
import io.kydai.analytics.regions.FarZones;
import io.kydai.analytics.regions.PictureGeometry;
import io.kydai.analytics.regions.RegionCoverage;
import io.kydai.analytics.regions.RegionPlanner;
import io.kydai.analytics.regions.RegionView;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.tracking.Coverage;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.InputSize;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at each frame of one camera as a whole and, where its scene has far zones, at one region of
 * it once more in its own resolution. So a frame costs one or two inferences. One thread at a time.
 */
final class RegionInference {
  private final FarZones far;
  private final ContrastStretch contrast = new ContrastStretch();
  private final MotionMeter meter = new MotionMeter();
  private @Nullable RegionPlanner planner;
  private @Nullable InputSize input;

  RegionInference(Scene scene) {
    this.far = FarZones.of(scene);
  }

  /** The factor of contrast that the network's input has at the moment; any thread. */
  double contrastGain() {
    return contrast.gain();
  }

  DetectionResult see(Frame frame, InferenceWorker worker, StageTimes times) {
    ToneCurve curve = contrast.curve(frame);
    List<Detection> whole = worker.detect(frame, curve, times);
    if (far.isEmpty()) {
      return new DetectionResult(whole, Coverage.EVERYWHERE);
    }
    InputSize size = worker.inputSize();
    RegionPlanner plan = planner;
    if (plan == null || !size.equals(input)) {
      plan = new RegionPlanner(size, far);
      planner = plan;
      input = size;
    }
    PictureGeometry picture = PictureGeometry.of(frame);
    MotionMap motion = meter.observe(frame);
    plan.learnWhole(whole, picture);
    Optional<RegionView> view = plan.next(picture, frame.mediaTime(), motion);
    if (view.isEmpty()) {
      return new DetectionResult(whole, new RegionCoverage(far, size, picture, List.of()));
    }
    List<Detection> close =
        plan.learnClose(view.get(), worker.detect(frame, view.get(), curve, times));
    return new DetectionResult(
        DuplicateMerger.removed(whole, close),
        new RegionCoverage(far, size, picture, List.of(view.get())));
  }
}
