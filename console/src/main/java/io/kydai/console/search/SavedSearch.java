package io.kydai.console.search;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * A search that somebody gave a name.
 *
 * @param id a ULID
 * @param name for its owner
 * @param filter the conditions by their names
 */
public record SavedSearch(String id, String name, Map<String, String> filter, Instant createdAt) {
  public SavedSearch {
    filter = new TreeMap<>(filter);
  }
}
