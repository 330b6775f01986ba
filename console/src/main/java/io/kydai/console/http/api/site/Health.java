package io.kydai.console.http.api.site;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Reports the state of the node's roles. */
@FunctionalInterface
public interface Health {
  /**
   * Returns each role with the reason why it is not up; empty where it is up. May block briefly.
   */
  SortedMap<String, Optional<String>> roles();

  /**
   * Returns what works with less than the configuration wants, in sentences with the key to change;
   * no role is down for it.
   */
  default List<String> notes() {
    return List.of();
  }
}
