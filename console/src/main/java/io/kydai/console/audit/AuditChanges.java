package io.kydai.console.audit;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What differs between two states of a thing, as the detail {@code changes} has it. */
public final class AuditChanges {
  private AuditChanges() {}

  /**
   * Returns the keys whose values differ, each with a map of the values {@code before} and {@code
   * after}; an absent value has no key there.
   */
  public static Map<String, Object> of(Map<String, ?> before, Map<String, ?> after) {
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    Map<String, Object> changes = new TreeMap<>();
    for (String key : keys) {
      if (!Objects.equals(before.get(key), after.get(key))) {
        Map<String, Object> values = new TreeMap<>();
        put(values, "before", before.get(key));
        put(values, "after", after.get(key));
        changes.put(key, values);
      }
    }
    return changes;
  }

  private static void put(Map<String, Object> values, String key, @Nullable Object value) {
    if (value != null) {
      values.put(key, value);
    }
  }
}
