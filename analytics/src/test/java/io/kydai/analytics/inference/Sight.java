package io.kydai.analytics.inference;

import io.kydai.analytics.decode.ToneCurve;
import io.kydai.analytics.health.ContrastStretch;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.regions.RegionView;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.DetectorModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pipeline's scaling and detection without what follows, for recordings of detections. */
public final class Sight implements AutoCloseable {
  private final InferenceWorker worker;
  private final @Nullable ContrastStretch contrast;

  public Sight(DetectorModel model) {
    this(model, true);
  }

  /**
   * @param stretched whether hazy pictures get their contrast back, as in the pipeline
   */
  public Sight(DetectorModel model, boolean stretched) {
    worker = new InferenceWorker(model);
    contrast = stretched ? new ContrastStretch() : null;
  }

  private ToneCurve curve(Frame frame) {
    return contrast == null ? ToneCurve.IDENTITY : contrast.curve(frame);
  }

  public List<Detection> detect(Frame frame) {
    return worker.detect(frame, curve(frame), StageTimes.NONE);
  }

  public List<Detection> detect(Frame frame, RegionView view) {
    return worker.detect(frame, view, curve(frame), StageTimes.NONE);
  }

  @Override
  public void close() {
    worker.close();
  }
}
