package io.kydai.models.document;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A value and its position. Each reading method returns empty and adds a problem when the value is
 * not of the wanted kind.
 *
 * @param key such as {@code cameras[0].name}
 * @param pointer such as {@code /cameras/0/name}
 * @param line from 1; 0 where there are no lines
 * @param column from 1; 0 where there are no lines
 */
public record Value(
    Tree tree, String key, String pointer, int line, int column, Problems problems) {
  /** The value of a whole document. */
  public static Value root(Tree tree, Problems problems) {
    return new Value(tree, "", "", tree.line(), tree.column(), problems);
  }

  /** A value of text that no document holds, such as a command line's. */
  public static Value ofText(String text, String key, Problems problems) {
    return new Value(new Tree.Scalar(0, 0, text, text), key, "", 0, 0, problems);
  }

  /** Adds a problem with this value. Returns empty, for reading methods to return. */
  public <T> Optional<T> wrong(String message) {
    problems.add(this, message);
    return Optional.empty();
  }

  /** The value of a key in it. */
  Value child(String name, int keyLine, int keyColumn, Tree value) {
    return new Value(
        value,
        key.isEmpty() ? name : key + "." + name,
        pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
        keyLine,
        keyColumn,
        problems);
  }

  public Optional<Section> section() {
    return tree instanceof Tree.Mapping mapping
        ? Optional.of(new Section(this, mapping))
        : wrong("keys with values are expected, not " + kind());
  }

  /** The items; none when it is no list. */
  public List<Value> items(int max) {
    if (!(tree instanceof Tree.Sequence sequence)) {
      wrong("a list is expected, not " + kind());
      return List.of();
    }
    if (sequence.items().size() > max) {
      wrong("%d items, but at most %d are allowed".formatted(sequence.items().size(), max));
      return List.of();
    }
    List<Value> items = new ArrayList<>();
    for (Tree item : sequence.items()) {
      int i = items.size();
      items.add(
          new Value(
              item, key + "[" + i + "]", pointer + "/" + i, item.line(), item.column(), problems));
    }
    return items;
  }

  /** A text of 1 to {@code max} characters without control characters; a number is one, too. */
  public Optional<String> text(int max) {
    if (!(tree instanceof Tree.Scalar scalar)
        || scalar.value() == null
        || scalar.value() instanceof Boolean) {
      return wrong("a text is expected, not " + kind());
    }
    String text = scalar.text().strip();
    if (text.isEmpty() || text.length() > max) {
      return wrong("a text of 1 to %d characters is expected".formatted(max));
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      return wrong("a text of one line, without control characters, is expected");
    }
    return Optional.of(text);
  }

  /** The text, where it is one; anything else is no mistake. */
  public Optional<String> word() {
    return scalar() instanceof String text ? Optional.of(text) : Optional.empty();
  }

  public Optional<Double> number(double min, double max) {
    if (scalar() instanceof Number number) {
      double value = number.doubleValue();
      if (value >= min && value <= max) {
        return Optional.of(value);
      }
      return wrong("%s is not in %s to %s".formatted(shown(value), shown(min), shown(max)));
    }
    return wrong("a number is expected, not " + kind());
  }

  public Optional<Integer> whole(int min, int max) {
    if (scalar() instanceof Double) {
      return wrong("a whole number is expected");
    }
    return number(min, max).map(Double::intValue);
  }

  /** A duration as {@link DurationText} has it. */
  public Optional<Duration> duration(Duration max) {
    Optional<Duration> value = DurationText.read(scalar());
    if (value.isEmpty()) {
      return wrong("a duration such as 500ms, 10s, 2m or 1h is expected");
    }
    return value.get().compareTo(max) <= 0
        ? value
        : wrong("longer than the allowed " + max.toSeconds() + "s");
  }

  /** True or false. */
  public Optional<Boolean> flag() {
    return scalar() instanceof Boolean flag
        ? Optional.of(flag)
        : wrong("true or false is expected");
  }

  /** One of the words. */
  public Optional<String> oneOf(List<String> words) {
    return word()
        .filter(words::contains)
        .or(() -> wrong("one of " + String.join(", ", words) + " is expected"));
  }

  /** What is made from it; what the making throws as its refusal is a mistake. */
  public <T> Optional<T> made(Supplier<T> making) {
    try {
      return Optional.of(making.get());
    } catch (IllegalArgumentException e) {
      return wrong(String.valueOf(e.getMessage()));
    }
  }

  /** Whether it is a list, of right items or not. */
  public boolean isList() {
    return tree instanceof Tree.Sequence;
  }

  /** What stands behind a key in it; wrong keys are no mistake here. */
  Optional<Value> under(String name) {
    return tree instanceof Tree.Mapping mapping
        ? mapping.entries().stream()
            .filter(entry -> entry.key().equals(name))
            .findFirst()
            .map(entry -> child(name, entry.line(), entry.column(), entry.value()))
        : Optional.empty();
  }

  /** Its text where it is a scalar; anything else is no mistake. */
  Optional<String> scalarText() {
    return tree instanceof Tree.Scalar scalar && scalar.value() != null
        ? Optional.of(scalar.text().strip())
        : Optional.empty();
  }

  /** Strings, numbers, booleans, lists and maps. */
  public Optional<Object> plain() {
    if (tree instanceof Tree.Scalar scalar) {
      Object value = scalar.value();
      return value == null ? wrong("there is no value") : Optional.of(value);
    }
    if (tree instanceof Tree.Sequence) {
      List<Object> items = new ArrayList<>();
      items(Tree.MAX_SIZE).forEach(item -> item.plain().ifPresent(items::add));
      return Optional.of(List.copyOf(items));
    }
    Map<String, Object> map = new LinkedHashMap<>();
    section()
        .ifPresent(
            section ->
                section
                    .values()
                    .forEach((name, value) -> value.plain().ifPresent(v -> map.put(name, v))));
    return Optional.of(Map.copyOf(map));
  }

  private Object scalar() {
    return tree instanceof Tree.Scalar scalar ? requireNonNullElse(scalar.value(), "") : tree;
  }

  private String kind() {
    if (tree instanceof Tree.Mapping) {
      return "keys with values";
    }
    if (tree instanceof Tree.Sequence) {
      return "a list";
    }
    Object value = scalar();
    if (tree.isNull()) {
      return "nothing";
    }
    return value instanceof String
        ? "a text"
        : value instanceof Boolean ? "true or false" : "a number";
  }

  private static String shown(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
