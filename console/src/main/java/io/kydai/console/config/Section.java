package io.kydai.console.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys with values. Remembers which keys were asked for; the others are mistakes. */
final class Section {
  private static final int MAX_SHOWN_KEY = 60;

  private final Value at;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();

  Section(Value at, Tree.Mapping mapping) {
    this.at = at;
    for (Tree.Entry entry : mapping.entries()) {
      Value value = at.child(shown(entry.key()), entry.line(), entry.value());
      Value first = values.putIfAbsent(entry.key(), value);
      if (first != null) {
        value.wrong(
            "the key stands twice" + (first.line() > 0 ? "; first on line " + first.line() : ""));
      }
    }
  }

  /** Every key that has a value, asked for or not. */
  Map<String, Value> values() {
    return values;
  }

  /** What stands behind a key that may be left out. A key with nothing behind it is left out. */
  Optional<Value> get(String key) {
    asked.add(key);
    return Optional.ofNullable(values.get(key)).filter(value -> !value.tree().isNull());
  }

  /**
   * @param wanted what it is, such as {@code a name}
   */
  Optional<Value> need(String key, String wanted) {
    Optional<Value> value = get(key);
    if (value.isEmpty()) {
      int line = values.containsKey(key) ? values.get(key).line() : at.line();
      at.child(key, line, at.tree()).wrong("missing: " + wanted + " is expected");
    }
    return value;
  }

  /** Where a key is, or would be. */
  Value place(String key) {
    return values.containsKey(key) ? values.get(key) : at.child(shown(key), at.line(), at.tree());
  }

  /** Every key that nobody asked for is a mistake. */
  void end() {
    values.forEach(
        (key, value) -> {
          if (!asked.contains(key)) {
            value.wrong(
                "there is no such key; "
                    + Nearest.to(key, asked)
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("there are: " + String.join(", ", asked)));
          }
        });
  }

  private static String shown(String key) {
    String oneLine = key.replaceAll("\\p{Cntrl}", "?");
    return oneLine.length() > MAX_SHOWN_KEY ? oneLine.substring(0, MAX_SHOWN_KEY) + "…" : oneLine;
  }
}
