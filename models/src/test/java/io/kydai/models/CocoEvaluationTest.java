package io.kydai.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Accuracy on 128 pictures of COCO against figures measured with another program (128 pictures is
 * few: the figures say that nothing is lost between pixels and boxes, not how good the network is).
 */
class CocoEvaluationTest {
  private static final float MIN_SCORE = 0.01f;

  @Test
  void theDefaultDetectorReachesTheReferencesAccuracy() throws IOException {
    Path pictures = SharedData.require("coco/val2017-128");
    try (DetectorModel model =
        DetectorCatalogue.load(new DetectorSettings("default", MIN_SCORE, 1))) {
      CocoEvaluation.Result result = CocoEvaluation.of(model, pictures, Picture::stretched);
      System.out.println(model.name() + ": " + result);
      assertThat(100 * result.map()).isCloseTo(22.8, within(0.5));
      assertThat(100 * result.map50()).isCloseTo(38.5, within(0.5));
    }
  }

  @Test
  void aYoloxNetworkReachesTheReferencesAccuracy() throws IOException {
    Path pictures = SharedData.require("coco/val2017-128");
    Path file = SharedData.require("models/ref_yolox_nano_416.onnx");
    CatalogueEntry yolox =
        new CatalogueEntry(
            "yolox-nano",
            ModelFile.at(file),
            new InputSize(416, 416),
            new YoloxHead(CocoLabels.NAMES));
    try (DetectorModel model =
        OnnxDetectorModel.load(yolox, new DetectorSettings("yolox", MIN_SCORE, 1))) {
      CocoEvaluation.Result result = CocoEvaluation.of(model, pictures, Picture::cornered);
      System.out.println(model.name() + ": " + result);
      assertThat(100 * result.map()).isCloseTo(33.9, within(1.0));
      assertThat(100 * result.map50()).isCloseTo(49.4, within(1.0));
    }
  }
}
