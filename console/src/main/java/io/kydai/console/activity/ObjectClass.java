package io.kydai.console.activity;

import java.util.Locale;

/** The classes that are told apart. A file has a class's ordinal: new ones come at the end. */
public enum ObjectClass {
  PERSON,
  BICYCLE,
  MOTORCYCLE,
  CAR,
  BUS,
  TRUCK,
  /** Whatever else the network knows. */
  OTHER;

  /** Returns the class of a track's label. */
  static ObjectClass of(String label) {
    return switch (label) {
      case "person" -> PERSON;
      case "bicycle" -> BICYCLE;
      case "motorcycle" -> MOTORCYCLE;
      case "car" -> CAR;
      case "bus" -> BUS;
      case "truck" -> TRUCK;
      default -> OTHER;
    };
  }

  /** Returns the COCO name; {@code other} for the rest. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
