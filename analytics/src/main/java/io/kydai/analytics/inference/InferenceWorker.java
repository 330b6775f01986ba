package io.kydai.analytics.inference;

import io.kydai.analytics.Frame;
import io.kydai.analytics.decode.Scaler;
import io.kydai.analytics.regions.View;
import io.kydai.models.Detection;
import io.kydai.models.Detector;
import io.kydai.models.DetectorModel;
import io.kydai.models.InputSize;
import io.kydai.models.Letterbox;
import java.util.List;

/** A detector and the buffer before it, for one thread at a time. */
public final class InferenceWorker implements AutoCloseable {
  private final Detector detector;
  private final Scaler scaler;
  private final Letterbox input; // pixels of the input as they are

  public InferenceWorker(DetectorModel model) {
    this.detector = model.newDetector();
    InputSize size = model.inputSize();
    this.scaler = new Scaler(size);
    this.input = new Letterbox(size.width(), size.height(), size, 0, 0, size.width(), size.height());
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

  /** The same in parts of a frame; boxes are normalised to the whole of it, as ever. */
  List<Detection> detect(Frame frame, View view, StageTimes times) {
    long start = System.nanoTime();
    scaler.scale(frame, view);
    long scaled = System.nanoTime();
    times.spent(Stage.SCALE, scaled - start);
    List<Detection> detections = view.toPicture(detector.detect(scaler.pixels(), input));
    times.spent(Stage.INFERENCE, System.nanoTime() - scaled);
    return detections;
  }

  @Override
  public void close() {
    scaler.close();
    detector.close();
  }
}
