package io.kydai.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.models.ShippedNetwork.Graph;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.Detector;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.Device;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Letterbox;
import io.kydai.models.detection.ModelException;
import io.kydai.models.detection.Picture;
import io.kydai.models.detection.Precision;
import io.kydai.models.head.NanoDetHead;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped network in int8 beside itself in single precision, and which of them runs where. */
class Int8DetectorTest {
  /** What either finds from this score on, the other must find at half of it. */
  private static final float SCORE = 0.5f;

  private static final float OVERLAP = 0.75f;
  private static final float SCORE_SHIFT = 0.15f;

  @ParameterizedTest
  @ValueSource(strings = {"light", "default", "quality"})
  void bothPrecisionsSeeTheSameObjectsOnTheCampus(String setting) throws IOException {
    assertSame(setting, Picture.resource("campus.jpg"), 4);
  }

  @ParameterizedTest
  @CsvSource({"light, dog_bike_car.jpg", "default, dog_bike_car.jpg"})
  void andOnPicturesOfOtherThings(String setting, String name) throws IOException {
    assertSame(setting, Picture.read(SharedData.require("images/" + name)), 2);
  }

  private static void assertSame(String setting, Picture picture, int objects) {
    List<Detection> single = see(setting, Precision.FP32, picture);
    List<Detection> integer = see(setting, Precision.INT8, picture);
    assertThat(single).filteredOn(d -> d.score() >= SCORE).hasSizeGreaterThanOrEqualTo(objects);
    assertFound(single, integer);
    assertFound(integer, single);
  }

  private static void assertFound(List<Detection> sought, List<Detection> found) {
    for (Detection object : sought) {
      if (object.score() >= SCORE) {
        assertThat(found)
            .as("%s", object)
            .anyMatch(
                d ->
                    d.label().equals(object.label())
                        && d.box().iou(object.box()) >= OVERLAP
                        && Math.abs(d.score() - object.score()) <= SCORE_SHIFT);
      }
    }
  }

  private static List<Detection> see(String setting, Precision precision, Picture picture) {
    try (DetectorModel model = DetectorCatalogue.load(settings(setting, Device.CPU, precision));
        Detector detector = model.newDetector()) {
      Letterbox place = picture.centred(model.inputSize());
      return detector.detect(picture.pixels(place), place);
    }
  }

  private static DetectorSettings settings(String setting, Device device, Precision precision) {
    return new DetectorSettings(setting, null, device, precision, SCORE / 2, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO, nanodet-g int8 448x256",
    "INT8, nanodet-g int8 448x256",
    "FP32, nanodet-g fp32 448x256"
  })
  void theModelsNameSaysWhichPrecisionRuns(Precision precision, String name) {
    try (DetectorModel model = DetectorCatalogue.load(settings("light", Device.CPU, precision))) {
      assertThat(model.name()).isEqualTo(name);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuda:0", "tensorrt:1"})
  void int8OnACardIsRefusedAndAutoIsSinglePrecisionThere(String card) {
    Device device = Device.of(card).orElseThrow();
    assertThatThrownBy(() -> DetectorCatalogue.load(settings("light", device, Precision.INT8)))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "nanodet-g cannot run in int8 on " + card + ", only on cpu; auto takes fp32 there");
    ShippedNetwork network = shipped(Precision.FP32, Precision.INT8);
    InputSize input = new InputSize(448, 256);
    assertThat(network.entry(input, Precision.AUTO, device).network()).isEqualTo("some fp32");
    assertThat(network.entry(input, Precision.AUTO, Device.CPU).network()).isEqualTo("some int8");
  }

  @Test
  void aNetworkWithoutAnInt8FileRunsInSinglePrecisionUnlessInt8IsAskedFor() {
    ShippedNetwork network = shipped(Precision.FP32);
    InputSize input = new InputSize(448, 256);
    assertThat(network.entry(input, Precision.AUTO, Device.CPU).network()).isEqualTo("some fp32");
    assertThatThrownBy(() -> network.entry(input, Precision.INT8, Device.CPU))
        .isInstanceOf(ModelException.class)
        .hasMessage("some cannot run in int8: the product has no file for that precision");
  }

  private static ShippedNetwork shipped(Precision... precisions) {
    Graph graph = new Graph("some.onnx", new NanoDetHead(CocoLabels.NAMES));
    return new ShippedNetwork(
        "some", Stream.of(precisions).collect(Collectors.toMap(p -> p, p -> graph)));
  }
}
