package io.kydai.analytics.inference;

import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.regions.RegionView;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.DetectorModel;
import java.util.List;

/** The pipeline's scaling and detection without what follows, for recordings of detections. */
public final class Sight implements AutoCloseable {
  private final InferenceWorker worker;

  public Sight(DetectorModel model) {
    worker = new InferenceWorker(model);
  }

  public List<Detection> detect(Frame frame) {
    return worker.detect(frame, StageTimes.NONE);
  }

  public List<Detection> detect(Frame frame, RegionView view) {
    return worker.detect(frame, view, StageTimes.NONE);
  }

  @Override
  public void close() {
    worker.close();
  }
}
