package io.kydai.models.onnx;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.Detector;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Letterbox;
import io.kydai.models.detection.ModelException;
import io.kydai.models.onnx.DetectionTranslator.Picture;
import java.nio.ByteBuffer;
import java.util.List;

/** A detector on DJL's ONNX Runtime engine; it owns one predictor and its working space. */
final class OnnxDetector implements Detector {
  private final String title;
  private final InputSize input;
  private final Predictor<Picture, List<Detection>> predictor;

  OnnxDetector(String title, InputSize input, Predictor<Picture, List<Detection>> predictor) {
    this.title = title;
    this.input = input;
    this.predictor = predictor;
  }

  @Override
  public List<Detection> detect(ByteBuffer pixels, Letterbox letterbox) {
    int bytes = 3 * input.width() * input.height();
    if (pixels.remaining() < bytes) {
      throw new IllegalArgumentException(
          title + " needs " + bytes + " bytes of pixels, not " + pixels.remaining());
    }
    if (!letterbox.input().equals(input)) {
      throw new IllegalArgumentException(
          title + " takes pictures of " + input + ", not " + letterbox.input());
    }
    try {
      return predictor.predict(new Picture(pixels, letterbox));
    } catch (TranslateException e) {
      // The predictor wraps every exception; a ModelException only lacks the network's name.
      if (e.getCause() instanceof ModelException cause) {
        throw new ModelException(title + ": " + cause.getMessage(), cause);
      }
      throw new ModelException(title + " failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    predictor.close();
  }
}
