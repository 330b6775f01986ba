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
 * A value and its position in a document. Each reading method returns empty and adds a problem when
 * the value is not of the requested kind, unless its description says otherwise.
 *
 * @param tree the value itself
 * @param key the path of the value, such as {@code cameras[0].name}
 * @param pointer the path as a JSON pointer (RFC 6901), such as {@code /cameras/0/name}
 * @param line the line number, from 1; 0 where line numbers are not known
 * @param column the column number, from 1; 0 where column numbers are not known
 * @param problems the collector of the document's mistakes
 */
public record Value(
    Tree tree, String key, String pointer, int line, int column, Problems problems) {
  /** Returns the value of a whole document. */
  public static Value root(Tree tree, Problems problems) {
    return new Value(tree, "", "", tree.line(), tree.column(), problems);
  }

  /** Returns a text that is not part of a document, such as a command-line option, as a value. */
  public static Value ofText(String text, String key, Problems problems) {
    return new Value(new Tree.Scalar(0, 0, text, text), key, "", 0, 0, problems);
  }

  /** Adds a problem at this value, and returns empty as the result of the reading method. */
  public <T> Optional<T> wrong(String message) {
    problems.add(this, message);
    return Optional.empty();
  }

  /** Returns a value of this mapping, with the position of its key. */
  Value child(String name, int keyLine, int keyColumn, Tree value) {
    return new Value(
        value,
        key.isEmpty() ? name : key + "." + name,
        pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
        keyLine,
        keyColumn,
        problems);
  }

  /** Reads a mapping. */
  public Optional<Section> section() {
    return tree instanceof Tree.Mapping mapping
        ? Optional.of(new Section(this, mapping))
        : wrong("keys with values are expected, not " + kind());
  }

  /**
   * Reads a list of at most {@code max} items; returns no items, after adding a problem, when the
   * value is not a list or is longer.
   */
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

  /**
   * Reads a text of 1 to {@code max} characters without control characters, stripped of white space
   * at both ends. A number is accepted as a text.
   */
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

  /** Returns the text; empty, without a problem, when the value is not a text. */
  public Optional<String> word() {
    return scalar() instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** Reads a number from {@code min} to {@code max}, both included. */
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

  /** Reads a whole number from {@code min} to {@code max}, both included. */
  public Optional<Integer> whole(int min, int max) {
    if (scalar() instanceof Double) {
      return wrong("a whole number is expected");
    }
    return number(min, max).map(Double::intValue);
  }

  /** Reads a duration in the form of {@link DurationText}, at most {@code max} long. */
  public Optional<Duration> duration(Duration max) {
    Optional<Duration> value = DurationText.read(scalar());
    if (value.isEmpty()) {
      return wrong("a duration such as 500ms, 10s, 2m, 1h or 30d is expected");
    }
    return value.get().compareTo(max) <= 0
        ? value
        : wrong("longer than the allowed " + max.toSeconds() + "s");
  }

  /** Reads a boolean. */
  public Optional<Boolean> flag() {
    return scalar() instanceof Boolean flag
        ? Optional.of(flag)
        : wrong("true or false is expected");
  }

  /** Reads a text that is one of the given words. */
  public Optional<String> oneOf(List<String> words) {
    return word()
        .filter(words::contains)
        .or(() -> wrong("one of " + String.join(", ", words) + " is expected"));
  }

  /**
   * Returns what a supplier makes of this value. A problem is added with the message of an {@link
   * IllegalArgumentException} that the supplier throws.
   */
  public <T> Optional<T> made(Supplier<T> making) {
    try {
      return Optional.of(making.get());
    } catch (IllegalArgumentException e) {
      return wrong(String.valueOf(e.getMessage()));
    }
  }

  /** Returns whether the value is a list, whatever its items are. */
  public boolean isList() {
    return tree instanceof Tree.Sequence;
  }

  /** Returns the value of a key of this mapping; empty, without a problem, where there is none. */
  Optional<Value> under(String name) {
    return tree instanceof Tree.Mapping mapping
        ? mapping.entries().stream()
            .filter(entry -> entry.key().equals(name))
            .findFirst()
            .map(entry -> child(name, entry.line(), entry.column(), entry.value()))
        : Optional.empty();
  }

  /** Returns the text of a scalar; empty, without a problem, for a null, a list or a mapping. */
  Optional<String> scalarText() {
    return tree instanceof Tree.Scalar scalar && scalar.value() != null
        ? Optional.of(scalar.text().strip())
        : Optional.empty();
  }

  /** Returns the value as nested strings, numbers, booleans, lists and maps. */
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
