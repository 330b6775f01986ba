package io.kydai.models.document;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The valid values of a section that were read so far, by key, including defaults. */
public final class Values {
  private final Map<String, Object> values = new HashMap<>();
  private final Set<String> given = new HashSet<>();

  void put(String key, Object value) {
    values.put(key, value);
  }

  void give(String key, Object value) {
    values.put(key, value);
    given.add(key);
  }

  /** Returns a key's value; empty where it was wrong, or was left out and has no default. */
  public <T> Optional<T> find(String key, Class<T> type) {
    return Optional.ofNullable(values.get(key)).map(type::cast);
  }

  /** Returns whether the section holds the key with a valid value. */
  public boolean given(String key) {
    return given.contains(key);
  }
}
