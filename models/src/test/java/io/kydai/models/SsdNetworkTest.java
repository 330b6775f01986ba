package io.kydai.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kydai.models.detection.CocoEvaluation.Result;
import io.kydai.models.detection.CocoEvaluation.Size;
import io.kydai.models.detection.CocoPictures;
import io.kydai.models.detection.CocoReference;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Picture;
import io.kydai.models.head.Outputs;
import io.kydai.models.head.SsdHead;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SSD's head against a whole network: TensorFlow's SSDLite on MobileNetV2. */
class SsdNetworkTest {
  private static final InputSize INPUT = new InputSize(300, 300);

  @TempDir private Path folder;

  /** The sums over TensorFlow's own table, which that network carries in its graph. */
  @Test
  void theAnchorsAreThoseOfTensorFlow() {
    SsdHead head = new SsdHead(CocoLabels.NAMES);
    int anchors = (int) head.outputs(INPUT).get(1).dimensions()[1];
    Outputs outputs = Outputs.of(FloatBuffer.allocate(0), FloatBuffer.allocate(4 * anchors));
    double[] sums = new double[4];
    float[] box = new float[4];
    for (int anchor = 0; anchor < anchors; anchor++) {
      head.box(outputs, INPUT, anchor, box);
      for (int side = 0; side < 4; side++) {
        sums[side] += box[side] / 300;
      }
      if (anchor == 3 * 19 * 19) {
        assertThat(box).containsExactly(new float[] {-37.5f, -37.5f, 67.5f, 67.5f}, within(1e-3f));
      }
    }
    assertThat(sums)
        .containsExactly(new double[] {674.219, 674.216, 1242.781, 1242.785}, within(0.005));
  }

  /** Against NumPy on the same graph, with OpenCV's scaling, the graph's anchors, pycocotools. */
  @Test
  void aWholeNetworkHasTheAccuracyThatAnotherReaderOfItsOutputsFinds() throws IOException {
    Path pictures = SharedData.require("coco/val2017-128");
    Path file = Path.of("target", "networks", "ssdlite.onnx").toAbsolutePath();
    assumeTrue(Files.exists(file), file + " is missing; scripts/make/ssd makes it");
    Path yaml = folder.resolve("ssdlite.yaml");
    Files.writeString(
        yaml, "head: ssd\nfile: " + file + "\ninput: 300x300\nlabels: " + labels() + "\n");
    DetectorSettings settings = new DetectorSettings(yaml.toString(), CocoReference.MIN_SCORE, 1);
    try (DetectorModel model = DetectorCatalogue.load(settings)) {
      Result result =
          CocoPictures.detect(model, pictures, Picture::stretched).evaluation().result(Size.ALL);
      assertThat(100 * result.map()).isCloseTo(37.6, within(0.5));
      assertThat(100 * result.map50()).isCloseTo(54.5, within(0.5));
    }
  }

  /** It knows 90 classes, ten of which COCO's challenge leaves out. */
  private static List<String> labels() {
    String[] labels =
        IntStream.rangeClosed(1, 90).mapToObj(n -> "category " + n).toArray(String[]::new);
    for (int i = 0; i < CocoLabels.NAMES.size(); i++) {
      labels[CocoPictures.CATEGORIES.get(i) - 1] = CocoLabels.NAMES.get(i);
    }
    return Arrays.asList(labels);
  }
}
