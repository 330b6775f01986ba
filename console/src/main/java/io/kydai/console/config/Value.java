package io.kydai.console.config;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value and where it stands. Its readings are empty when it is not what they want, and say so to
 * the problems.
 *
 * @param key such as {@code cameras[0].name}
 * @param pointer such as {@code /cameras/0/name}
 */
record Value(Tree tree, String key, String pointer, int line, Problems problems) {
  private static final Pattern DURATION =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,3})?)(ms|s|m|h)");

  static Value root(Tree tree, Problems problems) {
    return new Value(tree, "", "", tree.line(), problems);
  }

  /** Says that something is wrong with it. Answers empty, for readings to return. */
  <T> Optional<T> wrong(String message) {
    problems.add(key, pointer, line, message);
    return Optional.empty();
  }

  /** The value of a key in it. */
  Value child(String name, int keyLine, Tree value) {
    return new Value(
        value,
        key.isEmpty() ? name : key + "." + name,
        pointer + "/" + name.replace("~", "~0").replace("/", "~1"),
        keyLine,
        problems);
  }

  Optional<Section> section() {
    return tree instanceof Tree.Mapping mapping
        ? Optional.of(new Section(this, mapping))
        : wrong("keys with values are expected, not " + kind());
  }

  /** The items; none when it is no list. */
  List<Value> items(int max) {
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
      items.add(new Value(item, key + "[" + i + "]", pointer + "/" + i, item.line(), problems));
    }
    return items;
  }

  /** A text of 1 to {@code max} characters without control characters; a number is one, too. */
  Optional<String> text(int max) {
    if (!(tree instanceof Tree.Scalar scalar)
        || scalar.value().isEmpty()
        || scalar.value().get() instanceof Boolean) {
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
  Optional<String> word() {
    return scalar() instanceof String text ? Optional.of(text) : Optional.empty();
  }

  Optional<Double> number(double min, double max) {
    if (scalar() instanceof Number number) {
      double value = number.doubleValue();
      if (value >= min && value <= max) {
        return Optional.of(value);
      }
      return wrong("%s is not in %s to %s".formatted(shown(value), shown(min), shown(max)));
    }
    return wrong("a number is expected, not " + kind());
  }

  Optional<Integer> whole(int min, int max) {
    if (scalar() instanceof Double) {
      return wrong("a whole number is expected");
    }
    return number(min, max).map(Double::intValue);
  }

  Optional<Duration> duration(Duration max) {
    String wanted = "a duration such as 500ms, 10s, 2m or 1h is expected";
    Duration value;
    if (scalar() instanceof Number seconds && seconds.doubleValue() >= 0) {
      value = Duration.ofMillis(Math.round(seconds.doubleValue() * 1000));
    } else if (scalar() instanceof String text && DURATION.matcher(text).matches()) {
      var matcher = DURATION.matcher(text);
      matcher.matches();
      double unit =
          switch (matcher.group(2)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            default -> 3_600_000;
          };
      value = Duration.ofMillis(Math.round(Double.parseDouble(matcher.group(1)) * unit));
    } else {
      return wrong(wanted);
    }
    return value.compareTo(max) <= 0
        ? Optional.of(value)
        : wrong("longer than the allowed " + max.toSeconds() + "s");
  }

  Optional<String> oneOf(String... choices) {
    if (scalar() instanceof String text) {
      if (List.of(choices).contains(text)) {
        return Optional.of(text);
      }
    }
    return wrong("one of %s is expected".formatted(Arrays.stream(choices).collect(joining(", "))));
  }

  /** Strings, numbers, booleans, lists and maps. */
  Optional<Object> plain() {
    if (tree instanceof Tree.Scalar scalar) {
      return scalar.value().isPresent() ? scalar.value() : wrong("there is no value");
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
    return tree instanceof Tree.Scalar scalar ? scalar.value().orElse("") : tree;
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
