package io.kydai.analytics.scene;

/** What all things drawn on a picture must keep to. */
final class Checks {
  private Checks() {}

  static void id(String id, String what) {
    if (id.isBlank()) {
      throw new IllegalArgumentException(what + " needs an id that is not blank");
    }
  }

  static void inPicture(Point point, String what) {
    if (!(point.x() >= 0 && point.x() <= 1 && point.y() >= 0 && point.y() <= 1)) {
      throw new IllegalArgumentException(
          what
              + ": the point ["
              + point.x()
              + ", "
              + point.y()
              + "] is not in the picture; coordinates are 0 to 1, origin top left");
    }
  }
}
