package io.kydai.analytics.tracking;

import java.util.HashMap;
import java.util.Map;

/** A class that the network gives, with what the tracker must know of it. */
final class ObjectClass {
  /** Names beyond these are one kind, the last: no network knows so many. */
  private static final int MOST = 2000;

  private static final String PERSON = "person";
  private static final String MACHINE = ClassGroups.of("motorcycle");
  private static final String VEHICLE = ClassGroups.of("car");

  final String label;
  final String group;
  final boolean person;
  final boolean machine;
  final boolean vehicle;

  private ObjectClass(String label) {
    this.label = label;
    this.group = ClassGroups.of(label);
    this.person = label.equals(PERSON);
    this.machine = group.equals(MACHINE);
    this.vehicle = group.equals(VEHICLE);
  }

  /** People, two-wheelers and vehicles: what a network that knows little else confuses least. */
  boolean roadUser() {
    return person || machine || vehicle;
  }

  /** The kinds that one tracker has met, so that each is made once. */
  static final class Known {
    private final Map<String, ObjectClass> kinds = new HashMap<>();

    ObjectClass of(String label) {
      ObjectClass kind = kinds.get(label);
      if (kind == null) {
        kind = new ObjectClass(kinds.size() < MOST ? label : "other");
        kinds.put(kind.label, kind);
      }
      return kind;
    }
  }
}
