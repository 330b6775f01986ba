package io.kydai.console.incidents;

import java.util.Map;

/** How soon a person has to look. */
public enum Priority {
  /** Somebody may be in danger now. */
  URGENT,
  /** Somebody may come to be in danger, or is sought. */
  HIGH,
  /** Order is disturbed. */
  NORMAL;

  private static final Map<String, Priority> BY_TYPE =
      Map.ofEntries(
          Map.entry("incident", URGENT),
          Map.entry("wrong-way", URGENT),
          Map.entry("intrusion", URGENT),
          Map.entry("running", URGENT),
          Map.entry("gathering", HIGH),
          Map.entry("crowding", HIGH),
          Map.entry("crowd-flow", HIGH),
          Map.entry("plate-watch", HIGH),
          Map.entry("red-light", HIGH),
          Map.entry("speeding", HIGH),
          Map.entry("no-entry", HIGH),
          Map.entry("stopped", HIGH));

  /** Returns the priority of a rule's type; {@link #NORMAL} where the table has none. */
  public static Priority of(String type) {
    return BY_TYPE.getOrDefault(type, NORMAL);
  }

  int number() {
    return ordinal() + 1;
  }

  static Priority numbered(int number) {
    return values()[number - 1];
  }
}
