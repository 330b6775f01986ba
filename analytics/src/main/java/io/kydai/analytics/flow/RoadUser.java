package io.kydai.analytics.flow;

import io.kydai.analytics.tracking.ClassGroups;
import java.util.Optional;

/** The groups that a flow map distinguishes; other tracked classes are not recorded. */
public enum RoadUser {
  /** Cars, buses, trucks, trains. */
  VEHICLE,
  /** Bicycles and motorcycles, riders included. */
  TWO_WHEELER,
  PERSON;

  private static final Optional<RoadUser> VEHICLES = Optional.of(VEHICLE);
  private static final Optional<RoadUser> TWO_WHEELERS = Optional.of(TWO_WHEELER);
  private static final Optional<RoadUser> PERSONS = Optional.of(PERSON);

  /** The group of a COCO class. */
  public static Optional<RoadUser> of(String label) {
    return switch (ClassGroups.of(label)) {
      case "vehicle" -> VEHICLES;
      case "two-wheeler" -> TWO_WHEELERS;
      case "person" -> PERSONS;
      default -> Optional.empty();
    };
  }

  /** Returns whether it keeps to lanes. */
  public boolean onWheels() {
    return this != PERSON;
  }
}
