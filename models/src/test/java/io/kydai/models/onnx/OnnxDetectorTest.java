package io.kydai.models.onnx;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kydai.models.CocoLabels;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.SharedData;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.Detector;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.Device;
import io.kydai.models.detection.Devices;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Letterbox;
import io.kydai.models.detection.ModelException;
import io.kydai.models.detection.Picture;
import io.kydai.models.head.NanoDetHead;
import io.kydai.models.head.YoloxHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Loading and running: threads, misfits and refusals. */
class OnnxDetectorTest {
  private static final InputSize SMALL = new InputSize(448, 256);

  @ParameterizedTest
  @MethodSource("io.kydai.models.detection.Devices#all")
  void twoThreadsWithADetectorEachSeeWhatOneSees(Device device) throws Exception {
    Devices.require(device);
    DetectorSettings settings = new DetectorSettings("light", null, device, 0.3f, 1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (DetectorModel model = DetectorCatalogue.load(settings)) {
      Picture picture = Picture.resource("campus.jpg");
      Letterbox place = picture.centred(model.inputSize());
      ByteBuffer campus = picture.pixels(place);
      Picture half = Picture.resource("campus.jpg");
      Letterbox stretched = half.stretched(model.inputSize());
      ByteBuffer other = half.pixels(stretched);
      List<Detection> ofCampus = detect(model, campus, place, 1).get(0);
      List<Detection> ofOther = detect(model, other, stretched, 1).get(0);
      assertThat(ofCampus).isNotEmpty().isNotEqualTo(ofOther);

      CyclicBarrier start = new CyclicBarrier(2);
      Future<List<List<Detection>>> first =
          threads.submit(
              () -> {
                start.await(10, SECONDS);
                return detect(model, campus, place, 10);
              });
      Future<List<List<Detection>>> second =
          threads.submit(
              () -> {
                start.await(10, SECONDS);
                return detect(model, other, stretched, 10);
              });
      assertThat(first.get(60, SECONDS)).hasSize(10).containsOnly(ofCampus);
      assertThat(second.get(60, SECONDS)).hasSize(10).containsOnly(ofOther);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theSettingsThreadsReachTheRuntime() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "needs Linux's /proc");
    assertThat(nativeThreads(1)).as("the caller's own").isEqualTo(1);
    assertThat(nativeThreads(3)).as("the caller's own and two more").isEqualTo(3);
  }

  @Test
  void anUnknownNameIsAnsweredWithTheCatalogue() {
    assertThatThrownBy(() -> load("yolo", 1))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "there is no detector 'yolo'; the names are light, default, quality, or the path of a"
                + " description that ends in .yaml");
  }

  @Test
  void aNetworkThatDoesNotFitItsHeadFailsAtLoadAndSaysHow() {
    CatalogueEntry misfit =
        new CatalogueEntry(
            "misfit", ModelFile.resource("nanodet-g.onnx"), SMALL, new YoloxHead(CocoLabels.NAMES));
    assertThatThrownBy(() -> OnnxDetectorModel.load(misfit, new DetectorSettings("x", 0.1f, 1)))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("misfit 448x256: the network's outputs do not fit its head")
        .hasMessageContaining("expected (1, 2352, 85) (boxes, objectness and class scores)")
        .hasMessageContaining("found (1, 1792, 80) float32");
  }

  @Test
  void aNetworkOfAnotherInputSizeFailsAtLoadAndSaysHow() {
    Path file = SharedData.require("models/ref_yolox_nano_416.onnx");
    CatalogueEntry misfit =
        new CatalogueEntry(
            "yolox-nano", ModelFile.at(file), SMALL, new YoloxHead(CocoLabels.NAMES));
    assertThatThrownBy(() -> OnnxDetectorModel.load(misfit, new DetectorSettings("x", 0.1f, 1)))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("yolox-nano 448x256 failed")
        .hasMessageContaining("Expected: 416");
  }

  @Test
  void anInputSizeThatTheNetworkCannotHaveFailsAtLoad() {
    CatalogueEntry odd =
        new CatalogueEntry(
            "odd",
            ModelFile.resource("nanodet-g.onnx"),
            new InputSize(640, 360),
            new NanoDetHead(CocoLabels.NAMES));
    assertThatThrownBy(() -> OnnxDetectorModel.load(odd, new DetectorSettings("x", 0.1f, 1)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("multiples of 32, not 640x360");
  }

  @Test
  void aFileThatIsNoNetworkFailsAtLoad() throws IOException {
    Path file = Files.createTempFile("kydai-no-network-", ".onnx");
    try {
      Files.writeString(file, "not a network");
      CatalogueEntry broken =
          new CatalogueEntry(
              "broken", ModelFile.at(file), SMALL, new NanoDetHead(CocoLabels.NAMES));
      assertThatThrownBy(() -> OnnxDetectorModel.load(broken, new DetectorSettings("x", 0.1f, 1)))
          .isInstanceOf(ModelException.class)
          .hasMessageStartingWith("broken 448x256 cannot be loaded on cpu");
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void picturesOfAnotherSizeAreRefusedAndTheDetectorGoesOn() throws IOException {
    try (DetectorModel model = load("light", 1);
        Detector detector = model.newDetector()) {
      Picture picture = Picture.resource("campus.jpg");
      Letterbox place = picture.centred(SMALL);
      ByteBuffer pixels = picture.pixels(place);
      ByteBuffer tooFew = ByteBuffer.allocateDirect(3 * 448 * 256 - 1);
      assertThatThrownBy(() -> detector.detect(tooFew, place))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("nanodet-g int8 448x256 needs 344064 bytes of pixels, not 344063");
      assertThatThrownBy(() -> detector.detect(pixels, picture.centred(new InputSize(640, 352))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("nanodet-g int8 448x256 takes pictures of 448x256, not 640x352");
      assertThat(detector.detect(pixels, place)).isNotEmpty();
    }
  }

  private static DetectorModel load(String name, int threads) {
    return DetectorCatalogue.load(new DetectorSettings(name, 0.3f, threads));
  }

  private static List<List<Detection>> detect(
      DetectorModel model, ByteBuffer pixels, Letterbox place, int times) {
    List<List<Detection>> results = new ArrayList<>();
    try (Detector detector = model.newDetector()) {
      for (int i = 0; i < times; i++) {
        results.add(detector.detect(pixels, place));
      }
    }
    return results;
  }

  /** The process's threads while a model is loaded, of those that bear the loading one's name. */
  private static long nativeThreads(int threads) throws Exception {
    String name = "loader-of-" + threads; // the runtime's threads inherit it
    ExecutorService loader = Executors.newSingleThreadExecutor(task -> new Thread(task, name));
    try {
      return loader
          .submit(
              () -> {
                try (DetectorModel model = load("light", threads)) {
                  assertThat(model.labels()).hasSize(80).startsWith("person", "bicycle", "car");
                  return named(name);
                }
              })
          .get(60, SECONDS);
    } finally {
      loader.shutdownNow();
    }
  }

  private static long named(String name) throws IOException {
    try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
      long count = 0;
      for (Path task : tasks.toList()) {
        count += comm(task).equals(name) ? 1 : 0;
      }
      return count;
    }
  }

  private static String comm(Path task) throws IOException {
    Path file = task.resolve("comm");
    return Files.exists(file) ? Files.readString(file).strip() : ""; // a thread may have ended
  }
}
