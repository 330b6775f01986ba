package io.kydai.console.http.api;

import java.util.Optional;
import java.util.SortedMap;

/** Says how the node's roles are. */
@FunctionalInterface
public interface Health {
  /** Each role, and why it is not up, where it is not. May wait a little. */
  SortedMap<String, Optional<String>> roles();
}
