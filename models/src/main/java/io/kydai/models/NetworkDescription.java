package io.kydai.models;

import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.ModelException;
import io.kydai.models.head.DetectorHead;
import io.kydai.models.head.HeadKind;
import io.kydai.models.head.Normalisation;
import io.kydai.models.onnx.CatalogueEntry;
import io.kydai.models.onnx.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A user's own network: a small YAML file beside an ONNX file. {@code docs/models.md} has the keys.
 * Every mistake is a {@link ModelException} that names the file, the line and the key.
 *
 * <p>A file of more than 64 KiB is refused, and so are more than 1,000 classes.
 */
final class NetworkDescription {
  private static final int MAX_BYTES = 64 * 1024;
  private static final int MAX_LABELS = 1000;
  private static final Set<String> KEYS =
      Set.of("file", "head", "input", "labels", "queries", "colours", "mean", "deviation");
  private static final Pattern SIZE = Pattern.compile("(\\d{2,4})x(\\d{2,4})");

  private final Path path;
  private final Map<String, Node> values = new LinkedHashMap<>();

  private NetworkDescription(Path path) {
    this.path = path;
  }

  /**
   * Reads a description.
   *
   * @throws ModelException when it cannot be read or is wrong
   */
  static CatalogueEntry read(Path path) {
    NetworkDescription description = new NetworkDescription(path);
    description.collect();
    return description.entry();
  }

  private void collect() {
    String text;
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new ModelException(path + " is larger than " + MAX_BYTES + " bytes");
      }
      text = new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new ModelException(path + " cannot be read: " + e, e);
    }
    Optional<Node> root;
    try {
      root = new Compose(LoadSettings.builder().build()).composeString(text);
    } catch (YamlEngineException e) {
      throw new ModelException(path + " is no YAML: " + e.getMessage(), e);
    }
    if (root.isEmpty() || !(root.get() instanceof MappingNode mapping)) {
      throw new ModelException(path + " holds no keys; they are " + sorted());
    }
    for (NodeTuple tuple : mapping.getValue()) {
      String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
      if (!KEYS.contains(key)) {
        throw wrong(tuple.getKeyNode(), "unknown key '" + key + "'; the keys are " + sorted());
      }
      if (values.putIfAbsent(key, tuple.getValueNode()) != null) {
        throw wrong(tuple.getKeyNode(), key + " is there twice");
      }
    }
  }

  private static List<String> sorted() {
    return KEYS.stream().sorted().toList();
  }

  private CatalogueEntry entry() {
    String word = word("head");
    HeadKind kind =
        HeadKind.of(word)
            .orElseThrow(
                () ->
                    wrong(
                        values.get("head"),
                        "there is no head '" + word + "'; the heads are " + HeadKind.words()));
    DetectorHead head = kind.head(labels(), queries());
    Path file = path.toAbsolutePath().resolveSibling(word("file"));
    if (!Files.isRegularFile(file)) {
      throw wrong(values.get("file"), "there is no file " + file);
    }
    String name = path.getFileName().toString().replaceFirst("\\.ya?ml$", "");
    return new CatalogueEntry(name, ModelFile.at(file), input(), head, normalisation(head));
  }

  private InputSize input() {
    Matcher size = SIZE.matcher(word("input"));
    if (!size.matches()) {
      throw wrong(values.get("input"), "input is a size such as 640x352");
    }
    try {
      return new InputSize(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
    } catch (IllegalArgumentException e) {
      throw wrong(values.get("input"), e.getMessage());
    }
  }

  private List<String> labels() {
    Node node = values.get("labels");
    if (node == null || node instanceof ScalarNode scalar && scalar.getValue().equals("coco")) {
      return CocoLabels.NAMES;
    }
    List<String> labels = words(node, "labels");
    if (labels.isEmpty() || labels.size() > MAX_LABELS) {
      throw wrong(node, "labels are 1 to " + MAX_LABELS + " names, or coco");
    }
    return labels;
  }

  private int queries() {
    Node node = values.get("queries");
    if (node == null) {
      return 300;
    }
    String number = word("queries");
    if (!number.matches("[1-9]\\d{0,4}")) {
      throw wrong(node, "queries is a whole number from 1 to 99999");
    }
    return Integer.parseInt(number);
  }

  private Normalisation normalisation(DetectorHead head) {
    if (!values.containsKey("mean")
        && !values.containsKey("deviation")
        && !values.containsKey("colours")) {
      return head.normalisation();
    }
    float[] mean = three("mean");
    float[] deviation = three("deviation");
    for (float one : deviation) {
      if (!(one > 0)) {
        throw wrong(values.get("deviation"), "deviation is three numbers above 0");
      }
    }
    return switch (word("colours")) {
      case "bgr" -> Normalisation.bgr(mean, deviation);
      case "rgb" -> Normalisation.rgb(mean, deviation);
      default -> throw wrong(values.get("colours"), "colours is rgb or bgr");
    };
  }

  private float[] three(String key) {
    List<String> words = words(required(key), key);
    float[] numbers = new float[3];
    if (words.size() != 3) {
      throw wrong(values.get(key), key + " is three numbers, one for each colour");
    }
    for (int i = 0; i < 3; i++) {
      try {
        numbers[i] = Float.parseFloat(words.get(i));
      } catch (NumberFormatException e) {
        throw wrong(values.get(key), key + " is three numbers, one for each colour");
      }
    }
    return numbers;
  }

  private List<String> words(Node node, String key) {
    if (!(node instanceof SequenceNode sequence)) {
      throw wrong(node, key + " is a list");
    }
    List<String> words = new ArrayList<>();
    for (Node one : sequence.getValue()) {
      if (!(one instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
        throw wrong(one, key + " is a list of plain values");
      }
      words.add(scalar.getValue());
    }
    return List.copyOf(words);
  }

  private String word(String key) {
    if (required(key) instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    throw wrong(values.get(key), key + " is one value");
  }

  private Node required(String key) {
    Node node = values.get(key);
    if (node == null) {
      throw new ModelException(path + ": " + key + " is missing");
    }
    return node;
  }

  private ModelException wrong(Node where, String what) {
    String line = where.getStartMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
    return new ModelException(path + line + ": " + what);
  }
}
