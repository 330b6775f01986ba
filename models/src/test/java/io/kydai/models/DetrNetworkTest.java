package io.kydai.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kydai.models.detection.Detection;
import io.kydai.models.detection.Detector;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Letterbox;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole RT-DETR as its usual exporter writes it, thin and with weights by chance ({@code
 * rt-detr-tiny.py} made it): its pixels in and boxes out as the exporter's own reader has them.
 */
class DetrNetworkTest {
  private static final int WIDTH = 96;
  private static final int HEIGHT = 64;

  @TempDir private Path folder;

  @Test
  void itsBestGuessesAreThoseOfTheExportersOwnReader() throws IOException {
    Path yaml = folder.resolve("rt-detr-tiny.yaml");
    try (InputStream in = getClass().getResourceAsStream("rt-detr-tiny.onnx")) {
      Files.copy(in, folder.resolve("rt-detr-tiny.onnx"));
    }
    Files.writeString(
        yaml,
        """
        head: detr
        file: rt-detr-tiny.onnx
        input: 96x64
        queries: 20
        labels: ["0", "1", "2"]
        """);
    ByteBuffer pixels = ByteBuffer.allocateDirect(3 * WIDTH * HEIGHT);
    for (int i = 0; i < 3 * WIDTH * HEIGHT; i++) {
      pixels.put(i, (byte) (i * 7919 % 256));
    }
    DetectorSettings settings = new DetectorSettings(yaml.toString(), 0.3f, 1);
    try (DetectorModel model = DetectorCatalogue.load(settings);
        Detector detector = model.newDetector()) {
      List<Detection> seen =
          detector.detect(pixels, Letterbox.fit(WIDTH, HEIGHT, new InputSize(WIDTH, HEIGHT)));
      List<String[]> expected = expected();
      assertThat(expected).hasSize(20); // it keeps the best 20 of 60 guesses
      for (int i = 0; i < expected.size(); i++) {
        same(seen.get(i), expected.get(i));
      }
    }
  }

  private static void same(Detection seen, String[] words) {
    assertThat(seen.label()).isEqualTo(words[0]);
    assertThat(seen.score()).isCloseTo(Float.parseFloat(words[1]), within(1e-4f));
    float[] box = {
      seen.box().left() * WIDTH,
      seen.box().top() * HEIGHT,
      seen.box().right() * WIDTH,
      seen.box().bottom() * HEIGHT
    };
    for (int side = 0; side < 4; side++) {
      int edge = side % 2 == 0 ? WIDTH : HEIGHT; // at which our boxes end
      float expected = Math.min(edge, Math.max(0, Float.parseFloat(words[2 + side])));
      assertThat(box[side]).isCloseTo(expected, within(0.01f));
    }
  }

  private static List<String[]> expected() throws IOException {
    try (InputStream in = DetrNetworkTest.class.getResourceAsStream("rt-detr-tiny.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" "))
          .toList();
    }
  }
}
