package io.kydai.models.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.models.DetectorCatalogue;
import io.kydai.models.SharedData;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.Detector;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Letterbox;
import io.kydai.models.detection.Picture;
import io.kydai.models.detection.TinyGraph;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The descriptions that are written are those that the product reads. */
class OfferedNetworksTest {
  @TempDir private Path folder;

  /** The shapes are those that the exports' publishers state; the numbers are ours. */
  @ParameterizedTest
  @CsvSource({
    "d-fine-n, 640, 80, 0, person",
    "d-fine-s, 640, 80, 0, person",
    "rt-detrv2-r18, 640, 80, 0, person",
    "rf-detr-n, 384, 91, 1, person",
    "d-fine-s, 640, 80, 7, truck",
    "rf-detr-n, 384, 91, 8, truck"
  })
  void aDetrsDescriptionFitsItsExport(String name, int side, int classes, int column, String label)
      throws IOException {
    float[] logits = new float[300 * classes];
    Arrays.fill(logits, -9);
    logits[5 * classes + column] = 2;
    float[] boxes = new float[300 * 4];
    Arrays.fill(boxes, 20, 24, 0.5f);
    TinyGraph graph =
        new TinyGraph(new InputSize(side, side))
            .output("logits", logits, 1, 300, classes)
            .output("pred_boxes", boxes, 1, 300, 4);
    List<Detection> seen = look(describe(name, graph), side);
    assertThat(seen).extracting(Detection::label).containsExactly(label);
    assertThat(seen.get(0).box().left()).isEqualTo(0.25f);
  }

  @ParameterizedTest
  @CsvSource({"yolox-tiny, 416, 3549", "yolox-s, 640, 8400"})
  void aYoloxDescriptionFitsItsExport(String name, int side, int cells) throws IOException {
    float[] numbers = new float[cells * 85];
    numbers[4] = 1;
    numbers[5 + 2] = 0.9f;
    TinyGraph graph =
        new TinyGraph(new InputSize(side, side)).output("output", numbers, 1, cells, 85);
    assertThat(look(describe(name, graph), side))
        .extracting(Detection::label)
        .containsExactly("car");
  }

  @Test
  void everyOfferIsPinnedAndBounded() {
    assertThat(NetworkOffers.published().networks())
        .hasSize(6)
        .allSatisfy(
            network -> {
              assertThat(network.sha256()).matches("[0-9a-f]{64}");
              assertThat(network.address().getScheme()).isEqualTo("https");
              assertThat(network.terms().getScheme()).isEqualTo("https");
              assertThat(network.maxBytes()).isBetween(1_000_000L, 256_000_000L);
            });
    assertThat(NetworkOffers.published().networks())
        .extracting(OfferedNetwork::name)
        .doesNotHaveDuplicates();
  }

  @Test
  void everyOfferIsInTheDocumentation() throws IOException {
    assertThat(Files.readString(Path.of("../docs/models.md")))
        .contains(
            NetworkOffers.published().networks().stream()
                .map(network -> "`" + network.name() + "`")
                .toList());
  }

  @Test
  void aFetchedNetworkDetects() throws IOException {
    Path reference = SharedData.require("models/ref_yolox_nano_416.onnx");
    Picture picture = Picture.read(SharedData.require("images/dog_bike_car.jpg"));
    byte[] content = Files.readAllBytes(reference);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (ModelServer server = new ModelServer(content).cutting(1_000_000);
        PrintStream stream = new PrintStream(said, true, UTF_8)) {
      OfferedNetwork nano =
          new OfferedNetwork(
              "yolox-nano",
              "the reference",
              server.address("/moved"),
              "Apache-2.0",
              URI.create("https://licence.example/"),
              PinnedHash.of(reference),
              content.length,
              "head: yolox\ninput: 416x416\nlabels: coco\n");
      NetworkOffers offers = new NetworkOffers(List.of(nano));
      List<String> words = List.of("yolox-nano", "--accept-licence", "--to", folder.toString());
      int status = new GetModel(offers, Map.of(), stream, stream, question -> null).run(words);
      assertThat(status).as(said.toString(UTF_8)).isEqualTo(GetModel.DONE);
    }
    Path yaml = folder.resolve("yolox-nano.yaml");
    try (DetectorModel model =
            DetectorCatalogue.load(new DetectorSettings(yaml.toString(), 0.4f, 1));
        Detector detector = model.newDetector()) {
      Letterbox place = picture.centred(model.inputSize());
      assertThat(detector.detect(picture.pixels(place), place))
          .extracting(Detection::label)
          .contains("dog", "bicycle");
    }
  }

  private Path describe(String name, TinyGraph graph) throws IOException {
    OfferedNetwork network = NetworkOffers.published().find(name).orElseThrow();
    Files.write(folder.resolve(network.file()), graph.toBytes());
    return new NetworkFolder(folder).describe(network);
  }

  private static List<Detection> look(Path yaml, int side) {
    try (DetectorModel model =
            DetectorCatalogue.load(new DetectorSettings(yaml.toString(), 0.3f, 1));
        Detector detector = model.newDetector()) {
      Letterbox place = Letterbox.fit(side, side, new InputSize(side, side));
      return detector.detect(java.nio.ByteBuffer.allocateDirect(3 * side * side), place);
    }
  }
}
