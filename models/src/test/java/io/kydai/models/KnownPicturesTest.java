package io.kydai.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.Detector;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.Device;
import io.kydai.models.detection.Devices;
import io.kydai.models.detection.Letterbox;
import io.kydai.models.detection.Picture;
import io.kydai.models.detection.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is seen on three pictures, against boxes drawn by hand. */
class KnownPicturesTest {
  private static final float MIN_OVERLAP = 0.6f;

  private static final List<Box> PEOPLE =
      List.of(
          new Box(0.331f, 0.382f, 0.367f, 0.534f),
          new Box(0.652f, 0.274f, 0.689f, 0.404f),
          new Box(0.833f, 0.418f, 0.891f, 0.558f));
  private static final List<Box> CARS =
      List.of(
          new Box(0.850f, 0.076f, 0.942f, 0.173f), // a van
          new Box(0.957f, 0.086f, 1.000f, 0.160f));

  /** Runs everywhere: {@code campus.jpg} is a frame of the demo's clip (see NOTICE). */
  @ParameterizedTest
  @MethodSource("detectors")
  void threePeopleAndTwoCarsAreSeenOnTheCampusAtEverySize(
      String name, Device device, Precision precision) throws IOException {
    Devices.require(device);
    List<Detection> seen = see(name, device, precision, 0.4f, Picture.resource("campus.jpg"));
    PEOPLE.forEach(person -> assertSeen(seen, "person", person));
    CARS.forEach(car -> assertSeen(seen, "car", car));
    assertThat(seen).isSortedAccordingTo((a, b) -> Float.compare(b.score(), a.score()));
    assertThat(seen.stream().filter(d -> d.label().equals("person") && d.score() >= 0.5f))
        .as("people of good score")
        .hasSize(PEOPLE.size());
  }

  static List<Arguments> detectors() {
    List<Arguments> detectors = new ArrayList<>();
    for (Device device : Devices.all()) {
      for (String name : DetectorCatalogue.names()) {
        detectors.add(arguments(name, device, Precision.AUTO));
      }
    }
    for (String name : DetectorCatalogue.names()) {
      detectors.add(arguments(name, Device.CPU, Precision.FP32));
    }
    detectors.add(arguments("default", new Device(Device.Provider.TENSORRT, 0), Precision.AUTO));
    return detectors;
  }

  @Test
  void dogBicycleAndCarAreSeenInFrontOfTheHouse() throws IOException {
    Picture picture = Picture.read(SharedData.require("images/dog_bike_car.jpg"));
    List<Detection> seen = see("default", Device.CPU, Precision.AUTO, 0.25f, picture);
    assertSeen(seen, "dog", new Box(0.174f, 0.385f, 0.402f, 0.936f));
    assertSeen(seen, "bicycle", new Box(0.166f, 0.233f, 0.737f, 0.729f));
    assertSeen(seen, "car", new Box(0.612f, 0.129f, 0.894f, 0.295f));
  }

  @Test
  void dogFrisbeeAndASmallCarAreSeenOnTheMeadow() throws IOException {
    Picture picture = Picture.read(SharedData.require("images/yolov8_test.jpg"));
    List<Detection> seen = see("default", Device.CPU, Precision.AUTO, 0.25f, picture);
    assertSeen(seen, "dog", new Box(0.633f, 0.413f, 0.905f, 0.766f));
    assertSeen(seen, "frisbee", new Box(0.551f, 0.772f, 0.657f, 1));
    assertSeen(seen, "car", new Box(0.602f, 0.102f, 0.675f, 0.137f));
  }

  private static List<Detection> see(
      String name, Device device, Precision precision, float minScore, Picture picture) {
    DetectorSettings settings = new DetectorSettings(name, null, device, precision, minScore, 1);
    try (DetectorModel model = DetectorCatalogue.load(settings);
        Detector detector = model.newDetector()) {
      Letterbox place = picture.centred(model.inputSize());
      return detector.detect(picture.pixels(place), place);
    }
  }

  private static void assertSeen(List<Detection> seen, String label, Box box) {
    assertThat(seen)
        .as("%s at %s", label, box)
        .anyMatch(d -> d.label().equals(label) && d.box().iou(box) >= MIN_OVERLAP);
  }
}
