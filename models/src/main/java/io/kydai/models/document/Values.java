package io.kydai.models.document;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What has been read of a section so far, by key: defaults too, but nothing that was wrong. */
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

  /** A key's value; empty where it was wrong, or left out without a default. */
  public <T> Optional<T> find(String key, Class<T> type) {
    return Optional.ofNullable(values.get(key)).map(type::cast);
  }

  /** Whether the key was there, with a right value. */
  public boolean given(String key) {
    return given.contains(key);
  }
}
