package io.kydai.models;

import static io.kydai.models.document.Key.key;
import static java.util.Objects.requireNonNull;

import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.ModelException;
import io.kydai.models.document.ConfigException;
import io.kydai.models.document.DocumentFile;
import io.kydai.models.document.Section;
import io.kydai.models.document.Shape;
import io.kydai.models.document.Value;
import io.kydai.models.document.ValueType;
import io.kydai.models.document.Values;
import io.kydai.models.head.DetectorHead;
import io.kydai.models.head.HeadKind;
import io.kydai.models.head.Normalisation;
import io.kydai.models.onnx.CatalogueEntry;
import io.kydai.models.onnx.ModelFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The description of a user's own network: a YAML file of at most 64 KiB beside an ONNX file.
 *
 * @param head the detection head that interprets the network's outputs
 * @param file the absolute path of the ONNX file
 * @param input the size to run the network at
 * @param labels the classes in the network's order, 1 to 1,000
 * @param queries the number of objects in the network's outputs, for the heads that need it, 1 to
 *     99,999
 * @param colours the order of the colours, {@code rgb} or {@code bgr}; null for the head's own
 *     normalisation
 * @param mean the mean of each channel in the order of {@code colours}, on the scale 0 to 255; null
 *     exactly when {@code colours} is null
 * @param deviation the standard deviation of each channel in the order of {@code colours}, on the
 *     scale 0 to 255; null exactly when {@code colours} is null
 */
record NetworkDescription(
    HeadKind head,
    Path file,
    InputSize input,
    List<String> labels,
    int queries,
    @Nullable String colours,
    @Nullable List<Double> mean,
    @Nullable List<Double> deviation) {
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_LABELS = 1000;
  private static final int MAX_LABEL = 200;
  private static final int MAX_TEXT = 2_000;
  private static final String COCO = "coco";
  private static final String COCO_91 = "coco-91";
  private static final List<String> PIXELS = List.of("colours", "mean", "deviation");

  /**
   * Reads a description file.
   *
   * @throws ModelException when the file cannot be read or is wrong; its message lists every
   *     mistake with file, line and key
   */
  static CatalogueEntry read(Path path) {
    Path folder = path.toAbsolutePath().resolveSibling("");
    NetworkDescription description;
    try {
      description = DocumentFile.read(path, MAX_BYTES, "'head:'", keys(folder));
    } catch (ConfigException e) {
      throw new ModelException(String.valueOf(e.getMessage()), e);
    }
    return description.entry(String.valueOf(path.getFileName()).replaceFirst("\\.ya?ml$", ""));
  }

  /**
   * Returns the declarations of the keys.
   *
   * @param folder the folder of the description, from which a relative {@code file} is resolved
   */
  static Shape<NetworkDescription> keys(Path folder) {
    return Shape.of(
            NetworkDescription.class,
            key(
                    "head",
                    ValueType.oneOf(HeadKind.words())
                        .as((word, at) -> HeadKind.of(word), HeadKind::word)
                        .saying("one of the table below"),
                    "what the network's outputs mean")
                .needed("what the network's outputs mean"),
            key(
                    "file",
                    ValueType.text(MAX_TEXT)
                        .as((text, at) -> file(text, at, folder), Path::toString)
                        .saying("path"),
                    "the ONNX file, relative to the description")
                .needed("the ONNX file"),
            key(
                    "input",
                    ValueType.text(MAX_TEXT)
                        .as((text, at) -> at.made(() -> InputSize.parse(text)), InputSize::toString)
                        .saying("`<width>x<height>`, each 32 to 4,096 pixels"),
                    "the network's input size, or any that fits where the graph leaves it open")
                .needed("a size such as 640x352"),
            key(
                    "labels",
                    labelList(),
                    "the classes in the network's order; rules name these; `coco` is COCO's 80, `coco-91`"
                        + " the same at the numbers 0 to 90 of COCO's annotations (head `detr`"
                        + " only)")
                .otherwise(CocoLabels.NAMES)
                .shown("`coco`"),
            key(
                    "queries",
                    ValueType.whole(1, 99_999),
                    "the number of objects in the network's outputs, for the heads marked (*)")
                .otherwise(300),
            key(
                    "colours",
                    ValueType.oneOf(List.of("rgb", "bgr")),
                    "the order of the colours; only together with `mean` and `deviation`")
                .shown("the head's"),
            key(
                    "mean",
                    three(ValueType.number(-1e6, 1e6)),
                    "a byte of the picture becomes (byte − mean) / deviation, per colour")
                .shown("the head's"),
            key("deviation", three(ValueType.number(1e-3, 1e6)), "see `mean`").shown("the head's"))
        .check(NetworkDescription::checkPixels)
        .check(NetworkDescription::checkNumbers);
  }

  private static Optional<Path> file(String text, Value at, Path folder) {
    try {
      Path file = folder.resolve(text);
      return Files.isRegularFile(file) ? Optional.of(file) : at.wrong("there is no file " + file);
    } catch (InvalidPathException e) {
      return at.wrong("a file is expected");
    }
  }

  private static ValueType<List<String>> labelList() {
    ValueType<List<String>> names = ValueType.list(ValueType.text(MAX_LABEL), MAX_LABELS);
    return ValueType.of(
            at -> {
              if (at.word().filter(COCO::equals).isPresent()) {
                return Optional.of(CocoLabels.NAMES);
              }
              if (at.word().filter(COCO_91::equals).isPresent()) {
                return Optional.of(CocoLabels.BY_ANNOTATION);
              }
              int before = at.problems().count();
              return names
                  .read(at)
                  .filter(list -> !list.isEmpty() || at.problems().count() > before)
                  .or(() -> at.wrong("1 to 1,000 names, or coco or coco-91, are expected"));
            },
            names::write,
            ValueType.schema(
                "anyOf",
                List.of(
                    ValueType.schema("const", COCO),
                    ValueType.schema("const", COCO_91),
                    names.schema())))
        .saying("list of 1 to 1,000 names, `coco` or `coco-91`");
  }

  private static ValueType<List<Double>> three(ValueType<Double> number) {
    ValueType<List<Double>> numbers = ValueType.list(number, 3);
    return ValueType.of(
            at -> {
              if (!at.isList() || at.items(MAX_LABELS).size() == 3) {
                return numbers.read(at);
              }
              return at.wrong("three numbers are expected, one for each colour");
            },
            numbers::write,
            numbers.schema())
        .saying("list of three numbers, " + number.range());
  }

  /** Adds a problem for each missing key of the normalisation when only some of them are given. */
  private static void checkPixels(Values values, Section section) {
    List<String> absent = new ArrayList<>(PIXELS);
    absent.removeIf(key -> section.get(key).isPresent());
    if (absent.size() < PIXELS.size()) {
      absent.forEach(
          key ->
              section
                  .place(key)
                  .wrong("missing: colours, mean and deviation are expected together"));
    }
  }

  /** Adds a problem when a head that has no use for unused numbers is given COCO's. */
  private static void checkNumbers(Values values, Section section) {
    boolean holes = section.get("labels").flatMap(Value::word).filter(COCO_91::equals).isPresent();
    if (holes
        && values.find("head", HeadKind.class).filter(kind -> kind != HeadKind.DETR).isPresent()) {
      section.place("labels").wrong("coco-91 goes with the head detr only");
    }
  }

  private CatalogueEntry entry(String name) {
    DetectorHead made = head.head(labels, queries);
    return new CatalogueEntry(name, ModelFile.at(file), input, made, normalisation(made));
  }

  private Normalisation normalisation(DetectorHead made) {
    if (colours == null) {
      return made.normalisation();
    }
    float[] means = floats(requireNonNull(mean));
    float[] deviations = floats(requireNonNull(deviation));
    return colours.equals("bgr")
        ? Normalisation.bgr(means, deviations)
        : Normalisation.rgb(means, deviations);
  }

  private static float[] floats(List<Double> numbers) {
    float[] floats = new float[numbers.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = numbers.get(i).floatValue();
    }
    return floats;
  }
}
