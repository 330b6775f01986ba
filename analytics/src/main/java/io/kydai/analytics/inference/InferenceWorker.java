package io.kydai.analytics.inference;

import io.kydai.analytics.Frame;
import io.kydai.analytics.decode.Scaler;
import io.kydai.models.Detection;
import io.kydai.models.Detector;
import io.kydai.models.DetectorModel;
import io.kydai.models.Letterbox;
import java.util.List;

/** A detector and the buffer before it, for one thread at a time. */
public final class InferenceWorker implements AutoCloseable {
  private final Detector detector;
  private final Scaler scaler;

  public InferenceWorker(DetectorModel model) {
    this.detector = model.newDetector();
    this.scaler = new Scaler(model.inputSize());
  }

  /** What the network sees on a frame, down to the model's lowest score, best first. */
  List<Detection> detect(Frame frame, StageTimes times) {
    long start = System.nanoTime();
    Letterbox letterbox = scaler.scale(frame);
    long scaled = System.nanoTime();
    times.spent(Stage.SCALE, scaled - start);
    List<Detection> detections = detector.detect(scaler.pixels(), letterbox);
    times.spent(Stage.INFERENCE, System.nanoTime() - scaled);
    return detections;
  }

  @Override
  public void close() {
    scaler.close();
    detector.close();
  }
}
