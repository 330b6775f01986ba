package io.kydai.console.http.api.site;

import java.util.Optional;
import java.util.SortedMap;

/** Reports the state of the node's roles. */
@FunctionalInterface
public interface Health {
  /**
   * Returns each role with the reason why it is not up; empty where it is up. May block briefly.
   */
  SortedMap<String, Optional<String>> roles();
}
