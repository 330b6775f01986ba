package io.kydai.models.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping of keys to values. A section records which keys were requested; {@link #end} reports
 * every other key as a mistake.
 */
public final class Section {
  private static final int MAX_SHOWN_KEY = 60;

  private final Value at;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final List<String> requested = new ArrayList<>();

  Section(Value at, Tree.Mapping mapping) {
    this.at = at;
    for (Tree.Entry entry : mapping.entries()) {
      Value value = at.child(shown(entry.key()), entry.line(), entry.column(), entry.value());
      Value first = values.putIfAbsent(entry.key(), value);
      if (first != null) {
        value.wrong(
            "the key is given twice" + (first.line() > 0 ? "; first on line " + first.line() : ""));
      }
    }
  }

  /** Returns the section as a value, with its position. */
  public Value at() {
    return at;
  }

  /** Returns the collector of the document's mistakes. */
  public Problems problems() {
    return at.problems();
  }

  /** Returns the values of all keys, requested or not; of a key that is given twice the first. */
  public Map<String, Value> values() {
    return values;
  }

  /** Returns the value of an optional key; empty where the key is absent or has no value. */
  public Optional<Value> get(String key) {
    requested.add(key);
    return Optional.ofNullable(values.get(key)).filter(value -> !value.tree().isNull());
  }

  /**
   * Returns the value of a required key. A problem is added where the key is absent or has no
   * value.
   *
   * @param wanted the value that the message asks for, such as {@code a name}
   */
  public Optional<Value> need(String key, String wanted) {
    Optional<Value> value = get(key);
    if (value.isEmpty()) {
      place(key).wrong("missing: " + wanted + " is expected");
    }
    return value;
  }

  /** Returns the position of a key, or the section's position with that key where it is absent. */
  public Value place(String key) {
    Value value = values.get(key);
    return value == null ? at.child(shown(key), at.line(), at.column(), at.tree()) : value;
  }

  /** Adds a problem for every key that was not requested. */
  public void end() {
    values.forEach(
        (key, value) -> {
          if (!requested.contains(key)) {
            value.wrong("there is no such key; " + Nearest.hint(key, requested));
          }
        });
  }

  private static String shown(String key) {
    String oneLine = key.replaceAll("\\p{Cntrl}", "?");
    return oneLine.length() > MAX_SHOWN_KEY ? oneLine.substring(0, MAX_SHOWN_KEY) + "…" : oneLine;
  }
}
