package io.kydai.models.faces;

import io.kydai.models.detection.ModelException;
import io.kydai.models.onnx.TensorNetwork;

/**
 * The network that finds faces: BlazeFace for front cameras at 128×128 pixels (Bazarevsky et al.,
 * "BlazeFace: Sub-millisecond Neural Face Detection on Mobile GPUs", 2019; MediaPipe, Apache-2.0).
 * Each thread creates its own detector; the detectors share the weights.
 */
public final class FaceModel implements AutoCloseable {
  private static final String FILE = "/io/kydai/models/onnx/blazeface-front-128.onnx";

  private final TensorNetwork network;

  private FaceModel(TensorNetwork network) {
    this.network = network;
  }

  /**
   * Loads the network; the caller closes the model.
   *
   * @throws ModelException when the network cannot be loaded
   */
  public static FaceModel load() {
    return new FaceModel(TensorNetwork.load(FILE));
  }

  /** Returns a new detector for one thread, which the caller closes before it closes this model. */
  public FaceDetector newDetector() {
    return new FaceDetector(network);
  }

  @Override
  public void close() {
    network.close();
  }
}
