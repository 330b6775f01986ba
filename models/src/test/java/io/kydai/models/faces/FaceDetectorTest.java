package io.kydai.models.faces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kydai.models.SharedData;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.ModelException;
import io.kydai.models.detection.Picture;
import io.kydai.models.onnx.TensorNetwork.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Faces of persons, and what is blurred of them. */
class FaceDetectorTest {
  private static final int MIN_HEIGHT = 100;

  @Test
  void anAnchorsBoxIsCountedFromTheCentreOfItsCell() {
    float[] first = logits(512);
    float[] second = logits(384);
    float[] firstValues = new float[512 * 16];
    float[] secondValues = new float[384 * 16];
    int cell = 3 * 16 + 5; // column 5, row 3 of 16: centre at 44, 28 pixels
    first[2 * cell + 1] = 2;
    put(firstValues, 2 * cell + 1, 4, -4, 16, 32);
    second[6 * 9 + 5] = 3; // column 1, row 1 of 8: centre at 24, 24 pixels
    put(secondValues, 6 * 9 + 5, 0, 0, 48, 48);
    List<Face> faces = decode(first, second, firstValues, secondValues);
    assertThat(faces).hasSize(2);
    assertBox(faces.get(0).box(), 0, 0, 48, 48);
    assertBox(faces.get(1).box(), 40, 8, 56, 40);
    assertThat(faces.get(1).score()).isCloseTo(0.8808f, within(1e-4f));
  }

  @Test
  void outputsOfAnotherSizeAreRefused() {
    assertThatThrownBy(
            () -> decode(logits(512), logits(380), new float[512 * 16], new float[384 * 16]))
        .isInstanceOf(ModelException.class)
        .hasMessage("output 1 of the face network should have 384 elements");
  }

  private static List<Face> decode(float[]... outputs) {
    return BlazeFaceAnchors.decode(
        Stream.of(outputs).map(numbers -> new Tensor(numbers, numbers.length)).toList(), 0.5f);
  }

  private static float[] logits(int count) {
    float[] logits = new float[count];
    java.util.Arrays.fill(logits, -9);
    return logits;
  }

  private static void put(float[] values, int anchor, float... numbers) {
    System.arraycopy(numbers, 0, values, 16 * anchor, numbers.length);
  }

  private static void assertBox(Box box, float left, float top, float right, float bottom) {
    float[] pixels = {128 * box.left(), 128 * box.top(), 128 * box.right(), 128 * box.bottom()};
    assertThat(pixels).containsExactly(new float[] {left, top, right, bottom}, within(1e-3f));
  }

  @Test
  void theUpperQuarterOfEveryPersonIsBlurredWithOrWithoutAFace() {
    Box person = new Box(0.25f, 0.5f, 0.5f, 1);
    Face face = new Face(new Box(0.75f, 0, 0.875f, 0.25f), 0.9f);
    assertThat(PrivacyRegions.of(List.of(person), List.of()))
        .containsExactly(new Box(0.25f, 0.5f, 0.5f, 0.625f));
    assertThat(PrivacyRegions.of(List.of(person), List.of(face)))
        .containsExactly(
            new Box(0.25f, 0.5f, 0.5f, 0.625f), new Box(0.71875f, 0, 0.90625f, 0.3125f));
    assertThat(PrivacyRegions.of(List.of(new Box(1.1f, 0, 1.2f, 1)), List.of())).isEmpty();
  }

  @Test
  void aPictureOfTooFewBytesIsRefusedAndABoxWithoutWidthHasNoFace() {
    try (FaceModel model = FaceModel.load();
        FaceDetector detector = model.newDetector()) {
      ByteBuffer pixels = ByteBuffer.allocateDirect(3 * 20 * 10 - 1);
      assertThatThrownBy(() -> detector.detect(pixels, 20, 10, new Box(0, 0, 1, 1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("600 bytes of pixels are needed, not 599");
      ByteBuffer enough = ByteBuffer.allocateDirect(3 * 20 * 10);
      assertThat(detector.detect(enough, 20, 10, new Box(0.5f, 0, 0.5f, 1))).isEmpty();
      assertThat(detector.detect(enough, 20, 10, new Box(Float.NaN, 0, 1, 1))).isEmpty();
      assertThat(detector.detect(enough, 20, 10, new Box(-3, -3, 4, 4))).isEmpty();
    }
  }

  /**
   * No truth about faces is at hand: persons may be seen from behind. A reference implementation
   * had a face for 131 of these 168 persons.
   */
  @Test
  void mostPersonsOfCocosPicturesGetAFaceAndOtherThingsFew() throws IOException {
    Path folder = SharedData.require("coco/val2017-128");
    int persons = 0;
    int withFace = 0;
    int inUpperHalf = 0;
    int outOfUpperQuarter = 0;
    int things = 0;
    int thingsWithFace = 0;
    try (FaceModel model = FaceModel.load();
        FaceDetector detector = model.newDetector()) {
      for (Path labels : files(folder.resolve("labels"))) {
        String name = labels.getFileName().toString().replace(".txt", ".jpg");
        Picture picture = Picture.read(folder.resolve("images").resolve(name));
        ByteBuffer pixels = picture.bgr();
        int width = picture.width();
        int height = picture.height();
        List<Box> all = boxes(labels, true);
        for (Box person : all) {
          if (person.height() * height >= MIN_HEIGHT) {
            List<Face> faces = detector.detect(pixels, width, height, person);
            persons++;
            withFace += faces.isEmpty() ? 0 : 1;
            inUpperHalf += faces.stream().anyMatch(f -> middle(f) < at(person, 0.5f)) ? 1 : 0;
            outOfUpperQuarter +=
                faces.stream().anyMatch(f -> middle(f) > at(person, 0.25f)) ? 1 : 0;
          }
        }
        for (Box thing : boxes(labels, false)) {
          if (thing.height() * height >= MIN_HEIGHT
              && all.stream().allMatch(person -> person.iou(thing) == 0)) {
            things++;
            thingsWithFace += detector.detect(pixels, width, height, thing).isEmpty() ? 0 : 1;
          }
        }
      }
    }
    System.out.printf(
        "faces: %d of %d persons of at least %d px have one, %d in the box's upper half, %d with one"
            + " below the upper quarter; %d of %d other things apart from persons have one%n",
        withFace, persons, MIN_HEIGHT, inUpperHalf, outOfUpperQuarter, thingsWithFace, things);
    assertThat(persons).isEqualTo(168);
    assertThat(withFace).isBetween(126, 136);
    assertThat(inUpperHalf).isGreaterThanOrEqualTo(124);
    assertThat(thingsWithFace).isLessThan(things / 5);
  }

  private static float middle(Face face) {
    return (face.box().top() + face.box().bottom()) / 2;
  }

  /** The height at a part of the way from a box's top to its bottom. */
  private static float at(Box box, float part) {
    return box.top() + part * box.height();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static List<Box> boxes(Path labels, boolean persons) throws IOException {
    List<Box> boxes = new ArrayList<>();
    for (String line : Files.readAllLines(labels)) {
      String[] words = line.split(" ");
      if (words[0].equals("0") == persons) {
        float x = Float.parseFloat(words[1]);
        float y = Float.parseFloat(words[2]);
        float w = Float.parseFloat(words[3]) / 2;
        float h = Float.parseFloat(words[4]) / 2;
        boxes.add(new Box(x - w, y - h, x + w, y + h));
      }
    }
    return boxes;
  }
}
