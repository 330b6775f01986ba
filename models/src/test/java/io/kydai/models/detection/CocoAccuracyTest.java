package io.kydai.models.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.kydai.models.SharedData;
import io.kydai.models.detection.CocoEvaluation.Result;
import io.kydai.models.detection.CocoEvaluation.Size;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Accuracy on 128 pictures of COCO against figures measured with another program (128 pictures is
 * few: the figures say that nothing is lost between pixels and boxes, not how good the network is).
 */
class CocoAccuracyTest {
  @ParameterizedTest
  @MethodSource("networks")
  void theReferencesAccuracyIsReached(CocoReference reference, Device device) throws IOException {
    Devices.require(device);
    compare(reference, device);
  }

  static List<Arguments> networks() {
    List<Arguments> networks = new ArrayList<>();
    for (Device device : Devices.all()) {
      networks.add(arguments(CocoReference.DEFAULT, device));
      networks.add(arguments(CocoReference.YOLOX, device));
    }
    networks.add(arguments(CocoReference.DEFAULT_INT8, Device.CPU));
    return networks;
  }

  /** The rest of the table: 35 s on two idle cores. */
  @Tag("report")
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"DEFAULT", "DEFAULT_INT8", "YOLOX"})
  void andAtTheOtherInputSizes(CocoReference reference) throws IOException {
    compare(reference, Device.CPU);
  }

  private static void compare(CocoReference reference, Device device) throws IOException {
    try (DetectorModel model = reference.load(device)) {
      CocoEvaluation evaluation =
          CocoPictures.detect(model, SharedData.require("coco/val2017-128"), reference.placing())
              .evaluation();
      Result result = evaluation.result(Size.ALL);
      assertThat(100 * result.map()).isCloseTo(reference.map(), within(reference.mapTolerance()));
      reference
          .map50()
          .ifPresent(
              map50 ->
                  assertThat(100 * result.map50()).isCloseTo(map50, within(reference.tolerance())));
    }
  }
}
