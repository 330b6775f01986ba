package io.kydai.analytics.flow;

import io.kydai.analytics.tracking.ClassGroups;
import org.jspecify.annotations.Nullable;

/** The groups that a flow map distinguishes; other tracked classes are not recorded. */
public enum RoadUser {
  /** Cars, buses, trucks, trains. */
  VEHICLE,
  /** Bicycles and motorcycles, riders included. */
  TWO_WHEELER,
  PERSON;

  /** Returns the group of a COCO class, or null where it has none; allocates nothing. */
  static @Nullable RoadUser of(String label) {
    return switch (ClassGroups.of(label)) {
      case "vehicle" -> VEHICLE;
      case "two-wheeler" -> TWO_WHEELER;
      case "person" -> PERSON;
      default -> null;
    };
  }

  /** Returns whether it keeps to lanes. */
  public boolean onWheels() {
    return this != PERSON;
  }
}
