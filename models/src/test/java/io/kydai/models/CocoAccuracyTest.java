package io.kydai.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kydai.models.CocoEvaluation.Result;
import io.kydai.models.CocoEvaluation.Size;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * Accuracy on 128 pictures of COCO against figures measured with another program (128 pictures is
 * few: the figures say that nothing is lost between pixels and boxes, not how good the network is).
 */
class CocoAccuracyTest {
  @ParameterizedTest
  @EnumSource(names = {"DEFAULT", "YOLOX"})
  void theReferencesAccuracyIsReached(CocoReference reference) throws IOException {
    compare(reference);
  }

  /** The rest of the table: 25 s on two idle cores. */
  @Tag("report")
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"DEFAULT", "YOLOX"})
  void andAtTheOtherInputSizes(CocoReference reference) throws IOException {
    compare(reference);
  }

  private static void compare(CocoReference reference) throws IOException {
    try (DetectorModel model = reference.load()) {
      CocoEvaluation evaluation =
          CocoPictures.detect(model, SharedData.require("coco/val2017-128"), reference.placing())
              .evaluation();
      Result result = evaluation.result(Size.ALL);
      assertThat(100 * result.map()).isCloseTo(reference.map(), within(0.5));
      assertThat(100 * result.map50()).isCloseTo(reference.map50(), within(reference.tolerance()));
    }
  }
}
