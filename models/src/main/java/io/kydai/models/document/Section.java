package io.kydai.models.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys with values. Remembers which keys were asked for; the others are mistakes. */
public final class Section {
  private static final int MAX_SHOWN_KEY = 60;

  private final Value at;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();

  Section(Value at, Tree.Mapping mapping) {
    this.at = at;
    for (Tree.Entry entry : mapping.entries()) {
      Value value = at.child(shown(entry.key()), entry.line(), entry.column(), entry.value());
      Value first = values.putIfAbsent(entry.key(), value);
      if (first != null) {
        value.wrong(
            "the key stands twice" + (first.line() > 0 ? "; first on line " + first.line() : ""));
      }
    }
  }

  /** Where it stands. */
  public Value at() {
    return at;
  }

  /** Where its mistakes go. */
  public Problems problems() {
    return at.problems();
  }

  /** Every key that has a value, asked for or not. */
  public Map<String, Value> values() {
    return values;
  }

  /** What stands behind a key that may be left out. A key with nothing behind it is left out. */
  public Optional<Value> get(String key) {
    asked.add(key);
    return Optional.ofNullable(values.get(key)).filter(value -> !value.tree().isNull());
  }

  /**
   * What stands behind a key that must be there; its absence is a mistake.
   *
   * @param wanted what it is, such as {@code a name}
   */
  public Optional<Value> need(String key, String wanted) {
    Optional<Value> value = get(key);
    if (value.isEmpty()) {
      place(key).wrong("missing: " + wanted + " is expected");
    }
    return value;
  }

  /** Where a key is, or would be. */
  public Value place(String key) {
    Value value = values.get(key);
    return value == null ? at.child(shown(key), at.line(), at.column(), at.tree()) : value;
  }

  /** Every key that nobody asked for is a mistake. */
  public void end() {
    values.forEach(
        (key, value) -> {
          if (!asked.contains(key)) {
            value.wrong("there is no such key; " + Nearest.hint(key, asked));
          }
        });
  }

  private static String shown(String key) {
    String oneLine = key.replaceAll("\\p{Cntrl}", "?");
    return oneLine.length() > MAX_SHOWN_KEY ? oneLine.substring(0, MAX_SHOWN_KEY) + "…" : oneLine;
  }
}
