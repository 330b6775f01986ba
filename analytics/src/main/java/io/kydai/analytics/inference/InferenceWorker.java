package io.kydai.analytics.inference;

import io.kydai.analytics.decode.Scaler;
import io.kydai.analytics.decode.ToneCurve;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.regions.RegionView;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.Detector;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Letterbox;
import java.util.List;
import java.util.function.Supplier;

/** A detector and the buffers before it, for one thread at a time. */
public final class InferenceWorker implements AutoCloseable {
  private final Detector detector;
  private final InputSize input;
  private final Scaler scaler;
  private final Scaler closer; // of its own, as its pictures have another size

  public InferenceWorker(DetectorModel model) {
    this.detector = model.newDetector();
    this.input = model.inputSize();
    this.scaler = new Scaler(input);
    this.closer = new Scaler(input);
  }

  InputSize inputSize() {
    return input;
  }

  /** What the network sees on a frame, down to the model's lowest score, best first. */
  List<Detection> detect(Frame frame, ToneCurve curve, StageTimes times) {
    return detect(scaler, () -> scaler.scale(frame, curve), times);
  }

  /** The same in a region of it; boxes are normalised to the frame. */
  List<Detection> detect(Frame frame, RegionView view, ToneCurve curve, StageTimes times) {
    return view.toPicture(detect(closer, () -> closer.scale(frame, view.region(), curve), times));
  }

  private List<Detection> detect(Scaler from, Supplier<Letterbox> scale, StageTimes times) {
    long start = System.nanoTime();
    Letterbox letterbox = scale.get();
    long scaled = System.nanoTime();
    times.spent(Stage.SCALE, scaled - start);
    List<Detection> detections = detector.detect(from.pixels(), letterbox);
    times.spent(Stage.INFERENCE, System.nanoTime() - scaled);
    return detections;
  }

  @Override
  public void close() {
    scaler.close();
    closer.close();
    detector.close();
  }
}
