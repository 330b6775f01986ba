package io.kydai.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kydai.models.detection.Detection;
import io.kydai.models.detection.Detector;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.Device;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Letterbox;
import io.kydai.models.detection.ModelException;
import io.kydai.models.detection.TinyGraph;
import io.kydai.models.head.Candidates;
import io.kydai.models.head.Normalisation;
import io.kydai.models.head.Outputs;
import io.kydai.models.head.SsdHead;
import io.kydai.models.head.YoloEndToEndHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's own ONNX file and its description, through the real runtime. */
class UserNetworkTest {
  private static final InputSize INPUT = new InputSize(64, 64);

  /** Cells of strides 8, 16 and 32: 64 + 16 + 4. */
  private static final int ANCHORS = 84;

  @TempDir private Path folder;

  @Test
  void aYoloStyleExportGivesItsBoxesAndSuppressesDoubles() throws IOException {
    float[] numbers = new float[6 * ANCHORS];
    yolo(numbers, 3, new float[] {16, 32, 8, 16}, 1, 0.9f);
    yolo(numbers, 4, new float[] {16.5f, 32, 8, 16}, 1, 0.8f);
    yolo(numbers, 83, new float[] {48, 48, 16, 16}, 0, 0.5f);
    Path yaml = network("head: yolo", new TinyGraph(INPUT).output("out", numbers, 1, 6, ANCHORS));
    List<Detection> seen = look(yaml);
    assertThat(seen).extracting(Detection::label).containsExactly("van", "rider");
    assertBox(seen.get(0), 12, 24, 20, 40);
    assertBox(seen.get(1), 40, 40, 56, 56);
  }

  private static void yolo(float[] numbers, int anchor, float[] box, int label, float score) {
    for (int i = 0; i < 4; i++) {
      numbers[i * ANCHORS + anchor] = box[i];
    }
    numbers[(4 + label) * ANCHORS + anchor] = score;
  }

  @Test
  void anEndToEndExportIsNotSuppressedAgain() throws IOException {
    float[] rows = {
      8, 8, 24, 24, 0.9f, 1, //
      9, 8, 25, 24, 0.8f, 1, //
      0, 0, 64, 64, 0.05f, 0
    };
    Path yaml =
        network(
            "head: yolo-end-to-end\nqueries: 3", new TinyGraph(INPUT).output("out", rows, 1, 3, 6));
    List<Detection> seen = look(yaml);
    assertThat(seen).extracting(Detection::label).containsExactly("van", "van");
    assertBox(seen.get(0), 8, 8, 24, 24);
  }

  @ParameterizedTest
  @ValueSource(floats = {0.9f, 0.01f})
  void aNetworkThatNamesAClassBeyondItsListFailsAtLoadHoweverUnsure(float score)
      throws IOException {
    Path yaml =
        network(
            "head: yolo-end-to-end\nqueries: 2",
            new TinyGraph(INPUT)
                .output(
                    "out", new float[] {8, 8, 24, 24, 0.9f, 1, 8, 8, 24, 24, score, 2}, 1, 2, 6));
    assertThatThrownBy(() -> look(yaml))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("reported class 2, but its list has 2 classes");
  }

  @Test
  void paddingMayHaveAnyClass() throws IOException {
    Path yaml =
        network(
            "head: yolo-end-to-end\nqueries: 2",
            new TinyGraph(INPUT)
                .output("out", new float[] {8, 8, 24, 24, 0.9f, 1, 0, 0, 0, 0, 0, -1}, 1, 2, 6));
    assertThat(look(yaml)).extracting(Detection::label).containsExactly("van");
  }

  /** One on grey is an error; one that comes up in the street costs nobody his picture. */
  @ParameterizedTest
  @CsvSource({"7, 7", "-3, -3", "-1e30, -2147483648", "NaN, -1"})
  void aClassThatComesUpLaterIsLeftOutAndTheRestIsSeen(float said, int unknownClass) {
    FloatBuffer rows =
        FloatBuffer.wrap(new float[] {8, 8, 24, 24, 0.9f, said, 8, 8, 24, 24, 0.8f, 1});
    Candidates candidates = new Candidates(0.1f, false);
    new YoloEndToEndHead(List.of("van", "rider"), 2).score(Outputs.of(rows), INPUT, candidates);
    assertThat(candidates.size()).isEqualTo(1);
    assertThat(candidates.label(0)).isEqualTo(1);
    assertThat(candidates.unknownClass()).hasValue(unknownClass);
    candidates.clear();
    assertThat(candidates.unknownClass()).isEmpty();
  }

  @Test
  void aDetrLikeNetworksLogitsAndRelativeBoxesAreRead() throws IOException {
    float[] logits = {-9, 2.1972246f, 0, -9}; // 0.9 and 0.5
    float[] boxes = {0.5f, 0.5f, 0.25f, 0.5f, 0.25f, 0.25f, 0.5f, 0.5f};
    Path yaml =
        network(
            "head: detr\nqueries: 2",
            new TinyGraph(INPUT).output("logits", logits, 1, 2, 2).output("boxes", boxes, 1, 2, 4));
    List<Detection> seen = look(yaml);
    assertThat(seen).extracting(Detection::label).containsExactly("van", "rider");
    assertThat(seen.get(0).score()).isCloseTo(0.9f, within(1e-5f));
    assertBox(seen.get(0), 24, 16, 40, 48);
    assertBox(seen.get(1), 0, 0, 32, 32);
  }

  @Test
  void aDetrWithCocosOwnNumbersNamesNothingWhereCocoHasNone() throws IOException {
    float[] logits = new float[3 * 91];
    java.util.Arrays.fill(logits, -9);
    logits[1] = 2.1972246f; // a person: 0.9
    logits[91 + 12] = 5; // no class has the number 12
    logits[91 + 13] = 0; // a stop sign: 0.5
    logits[2 * 91 + 90] = -0.5f; // a toothbrush: 0.38
    float[] boxes = {0.5f, 0.5f, 0.25f, 0.5f, 0.25f, 0.25f, 0.5f, 0.5f, 0.5f, 0.5f, 1, 1};
    // Boxes first, as the exporter of RF-DETR's authors has them.
    TinyGraph graph =
        new TinyGraph(INPUT).output("dets", boxes, 1, 3, 4).output("labels", logits, 1, 3, 91);
    Files.write(folder.resolve("mine.onnx"), graph.toBytes());
    Path yaml =
        Files.writeString(
            folder.resolve("mine.yaml"),
            "head: detr\nqueries: 3\nfile: mine.onnx\ninput: 64x64\nlabels: coco-91\n");
    List<Detection> seen = look(yaml);
    assertThat(seen)
        .extracting(Detection::label)
        .containsExactly("person", "stop sign", "toothbrush");
    assertBox(seen.get(0), 24, 16, 40, 48);
    assertBox(seen.get(1), 0, 0, 32, 32);
  }

  @Test
  void cocosOwnNumbersAreThoseOfItsCategories() {
    assertThat(CocoLabels.BY_ANNOTATION).hasSize(91);
    assertThat(CocoLabels.BY_ANNOTATION.stream().filter(name -> !name.isEmpty()))
        .containsExactlyElementsOf(CocoLabels.NAMES);
    // Three of instances_val2017.json's categories.
    assertThat(CocoLabels.BY_ANNOTATION.get(27)).isEqualTo("backpack");
    assertThat(CocoLabels.BY_ANNOTATION.get(62)).isEqualTo("chair");
    assertThat(CocoLabels.BY_ANNOTATION.get(84)).isEqualTo("book");
  }

  @Test
  void cocosOwnNumbersGoWithNoOtherHead() throws IOException {
    Files.write(folder.resolve("mine.onnx"), new TinyGraph(INPUT).toBytes());
    Path yaml =
        Files.writeString(
            folder.resolve("mine.yaml"),
            "head: yolox\nfile: mine.onnx\ninput: 64x64\nlabels: coco-91\n");
    assertThatThrownBy(() -> look(yaml))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("mine.yaml:4: labels: coco-91 goes with the head detr only");
  }

  @Test
  void aNetworkOnImageNetsColoursGetsRedGreenAndBlueByTheirMeansAndDeviations() throws IOException {
    TinyGraph graph =
        new TinyGraph(INPUT)
            .planeMeans("logits")
            .output("boxes", new float[] {0.5f, 0.5f, 1, 1}, 1, 1, 4);
    Files.write(folder.resolve("mine.onnx"), graph.toBytes());
    Path yaml =
        Files.writeString(
            folder.resolve("mine.yaml"),
            """
            head: detr
            file: mine.onnx
            input: 64x64
            queries: 1
            labels: [red, green, blue]
            colours: rgb
            mean: [123.675, 116.28, 103.53]
            deviation: [58.395, 57.12, 57.375]
            """);
    ByteBuffer pixels = ByteBuffer.allocateDirect(3 * 64 * 64);
    for (int i = 0; i < 64 * 64; i++) {
      pixels.put(3 * i, (byte) 20).put(3 * i + 1, (byte) 100).put(3 * i + 2, (byte) 200);
    }
    DetectorSettings settings = new DetectorSettings(yaml.toString(), 0.1f, 1);
    try (DetectorModel model = DetectorCatalogue.load(settings);
        Detector detector = model.newDetector()) {
      List<Detection> seen = detector.detect(pixels, Letterbox.fit(64, 64, INPUT));
      assertThat(seen).extracting(Detection::label).containsExactly("red", "green", "blue");
      // The logistic function of (200 − 123.675) / 58.395 and so on.
      assertThat(seen.get(0).score()).isCloseTo(0.7870f, within(1e-3f));
      assertThat(seen.get(1).score()).isCloseTo(0.4292f, within(1e-3f));
      assertThat(seen.get(2).score()).isCloseTo(0.1890f, within(1e-3f));
    }
  }

  @Test
  void aDetrLikeNetworkWithItsLastStepGetsTheSizeAsItsSecondInput() throws IOException {
    float[] boxes = {0.25f, 0.5f, 0.75f, 1, 0, 0, 0.5f, 0.5f};
    Path yaml =
        network(
            "head: detr-end-to-end\nqueries: 2",
            new TinyGraph(INPUT)
                .withSize()
                .output("labels", new long[] {1, 0}, 1, 2)
                .timesSize("boxes", boxes, 1, 2, 4)
                .output("scores", new float[] {0.7f, 0.6f}, 1, 2));
    List<Detection> seen = look(yaml);
    assertThat(seen).extracting(Detection::label).containsExactly("van", "rider");
    assertBox(seen.get(0), 16, 32, 48, 64);
    assertBox(seen.get(1), 0, 0, 32, 32);
  }

  @Test
  void aCentreNetsPeaksAreItsObjects() throws IOException {
    float[] heat = new float[2 * 256];
    heat[256 + 5 * 16 + 4] = 0.9f;
    heat[256 + 5 * 16 + 5] = 0.8f; // beside the peak
    heat[256 + 7 * 16 + 4] = 0.8f; // two cells away
    float[] sizes = new float[2 * 256];
    float[] offsets = new float[2 * 256];
    sizes[5 * 16 + 4] = 2;
    sizes[256 + 5 * 16 + 4] = 4;
    offsets[5 * 16 + 4] = 0.5f;
    offsets[256 + 5 * 16 + 4] = 0.25f;
    sizes[7 * 16 + 4] = 2;
    sizes[256 + 7 * 16 + 4] = 2;
    Path yaml =
        network(
            "head: centernet",
            new TinyGraph(INPUT)
                .output("heat", heat, 1, 2, 16, 16)
                .output("sizes", sizes, 1, 2, 16, 16)
                .output("offsets", offsets, 1, 2, 16, 16));
    List<Detection> seen = look(yaml);
    assertThat(seen).extracting(Detection::label).containsExactly("van", "van");
    assertBox(seen.get(0), 18 - 4, 21 - 8, 18 + 4, 21 + 8);
    assertBox(seen.get(1), 16 - 4, 28 - 4, 16 + 4, 28 + 4);
  }

  @Test
  void aNanoDetPlusCountsFromItsCellsCorners() throws IOException {
    // 64 + 16 + 4 + 1 cells.
    float[] numbers = new float[85 * 34];
    int at = (64 + 5) * 34; // stride 16, column 1, row 1
    numbers[at + 1] = 0.9f;
    for (int side = 0; side < 4; side++) {
      numbers[at + 2 + side * 8 + 1] = 100; // certainly one stride
    }
    Path yaml =
        network("head: nanodet-plus", new TinyGraph(INPUT).output("out", numbers, 1, 85, 34));
    assertBox(look(yaml).get(0), 0, 0, 32, 32);
  }

  @Test
  void anSsdsAnchorsAreTensorFlowsOnes() throws IOException {
    // Maps of 4, 2, 1, 1, 1, 1 cells a side: 48 + 24 + 4 × 6 anchors.
    float[] logits = new float[96 * 3];
    java.util.Arrays.fill(logits, -9);
    float[] boxes = new float[96 * 4];
    logits[0] = 9; // "nothing" is no class
    logits[3 * (48 + 24) + 1] = 2; // map 2, its square
    boxes[4 * (48 + 24) + 1] = 10 * 0.1f; // a tenth of its width to the right
    boxes[4 * (48 + 24) + 2] = 5 * (float) Math.log(0.5); // half as high
    logits[3 * 3 + 2] = 0; // map 0, cell 1, first of three: probability 0.5
    Path yaml =
        network(
            "head: ssd",
            new TinyGraph(INPUT)
                .output("logits", logits, 1, 96, 3)
                .output("boxes", boxes, 1, 96, 4));
    List<Detection> seen = look(yaml);
    assertThat(seen).extracting(Detection::label).containsExactly("rider", "van");
    // Scale of map 2: 0.2 + 0.75 × 2 / 5 = 0.5.
    assertBox(seen.get(0), 35.2f - 16, 32 - 8, 35.2f + 16, 32 + 8);
    // Column 1 of 4: centre at 24, 8; a tenth of the input.
    assertBox(seen.get(1), 24 - 3.2f, 8 - 3.2f, 24 + 3.2f, 8 + 3.2f);
  }

  @Test
  void anSsdOf300PixelsHasItsPublished1917Anchors() {
    SsdHead head = new SsdHead(CocoLabels.NAMES);
    assertThat(head.outputs(new InputSize(300, 300)).get(1).dimensions())
        .containsExactly(1, 1917, 4);
  }

  @Test
  void aClassListThatDoesNotFitSaysWhatWasExpectedAndFound() throws IOException {
    Path yaml =
        network(
            "head: yolo", new TinyGraph(INPUT).output("out", new float[84 * 84], 1, 84, ANCHORS));
    assertThatThrownBy(() -> look(yaml))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected (1, 6, 84) (centres, sizes and class scores)")
        .hasMessageContaining("found (1, 84, 84)");
  }

  @Test
  void anotherInputSizeThanTheNetworksFailsAtLoad() throws IOException {
    Path yaml =
        network("head: yolo", new TinyGraph(INPUT).output("out", new float[6 * 84], 1, 6, ANCHORS));
    DetectorSettings other =
        new DetectorSettings(yaml.toString(), new InputSize(96, 64), Device.CPU, 0.3f, 1);
    assertThatThrownBy(() -> DetectorCatalogue.load(other).close())
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("mine 96x64");
  }

  @Test
  void redComesFirstWhereTheDescriptionSaysSo() {
    ByteBuffer pixel = ByteBuffer.wrap(new byte[] {10, 20, 30});
    java.nio.FloatBuffer planes = java.nio.FloatBuffer.allocate(3);
    Normalisation.rgb(new float[] {1, 2, 3}, new float[] {1, 2, 7})
        .apply(pixel, planes, 1, new Normalisation.Scratch());
    assertThat(planes.array()).containsExactly(29, 9, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "head: yolov99 | mine.yaml:1: head: one of nanodet, nanodet-plus,",
        "head: yolo\\nquerie: 3 | mine.yaml:2: querie: there is no such key; did you mean 'queries'?",
        "head: yolo\\nhead: yolo | mine.yaml:2: head: the key is given twice; first on line 1",
        "head: yolo\\nqueries: many | mine.yaml:2: queries: a number is expected",
        "head: yolo\\nqueries: 0 | mine.yaml:2: queries: 0 is not in 1 to 99999",
        "head: yolo\\nmean: [1, 2] | mine.yaml:2: mean: three numbers are expected",
        "head: yolo\\nmean: [1, 2, 3] | deviation: missing: colours, mean and deviation",
        "head: yolo\\ncolours: rgb\\nmean: [1, 2, 3]\\ndeviation: [1, 0, 1] | mine.yaml:4: deviation[1]: 0 is not in 0.001",
        "head: [yolo] | mine.yaml:1: head: one of nanodet,",
        "head: 'yolo | : not YAML",
        "queries: 3 | head: missing: what the network's outputs mean"
      })
  void aWrongDescriptionNamesFileLineAndKey(String text, String message) throws IOException {
    Path yaml =
        network(
            text.replace("\\n", "\n"),
            new TinyGraph(INPUT).output("out", new float[6 * ANCHORS], 1, 6, ANCHORS));
    assertThatThrownBy(() -> look(yaml))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("mine.yaml")
        .hasMessageContaining(message);
  }

  @Test
  void allMistakesOfADescriptionAreReportedInTheirOrder() throws IOException {
    Path yaml = folder.resolve("mine.yaml");
    Files.writeString(
        yaml,
        """
        {querys: 3, head: yolov9, file: absent.onnx}
        """);
    assertThatThrownBy(() -> look(yaml))
        .isInstanceOf(ModelException.class)
        .satisfies(
            e ->
                assertThat(e.getMessage().lines().map(line -> line.replaceAll("^.*yaml:", "")))
                    .satisfiesExactly(
                        line -> assertThat(line).startsWith("1: input: missing: a size such as"),
                        line ->
                            assertThat(line)
                                .isEqualTo(
                                    "1: querys: there is no such key; did you mean 'queries'?"),
                        line -> assertThat(line).startsWith("1: head: one of"),
                        line -> assertThat(line).startsWith("1: file: there is no file")));
  }

  @Test
  void aDescriptionOfMoreThan64KibIsRefused() throws IOException {
    Path yaml = folder.resolve("mine.yaml");
    Files.writeString(yaml, "#".repeat(64 * 1024 + 1));
    assertThatThrownBy(() -> look(yaml))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the file is larger than 64 KiB");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Path yaml = folder.resolve("mine.yaml");
    Files.writeString(yaml, "head: yolo\nfile: absent.onnx\ninput: 64x64\n");
    assertThatThrownBy(() -> look(yaml))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("mine.yaml:2: file: there is no file")
        .hasMessageContaining("absent.onnx");
  }

  private Path network(String keys, TinyGraph graph) throws IOException {
    Files.write(folder.resolve("mine.onnx"), graph.toBytes());
    Path yaml = folder.resolve("mine.yaml");
    String rest = "\nfile: mine.onnx\ninput: 64x64\nlabels: [rider, van]\n";
    return Files.writeString(yaml, keys + rest);
  }

  private static List<Detection> look(Path yaml) {
    DetectorSettings settings = new DetectorSettings(yaml.toString(), 0.3f, 1);
    try (DetectorModel model = DetectorCatalogue.load(settings);
        Detector detector = model.newDetector()) {
      assertThat(model.name()).isEqualTo("mine 64x64");
      Letterbox place = Letterbox.fit(64, 64, INPUT);
      return detector.detect(ByteBuffer.allocateDirect(3 * 64 * 64), place);
    }
  }

  private static void assertBox(Detection seen, float left, float top, float right, float bottom) {
    float[] box = {
      seen.box().left() * 64,
      seen.box().top() * 64,
      seen.box().right() * 64,
      seen.box().bottom() * 64
    };
    assertThat(box).containsExactly(new float[] {left, top, right, bottom}, within(1e-3f));
  }
}
