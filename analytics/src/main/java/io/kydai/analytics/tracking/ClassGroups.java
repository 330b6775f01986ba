package io.kydai.analytics.tracking;

import java.util.Map;

/** Classes that a small network takes for one another, so that a track may change between them. */
public final class ClassGroups {
  private static final Map<String, String> GROUPS =
      Map.of(
          "bicycle", "two-wheeler",
          "motorcycle", "two-wheeler",
          "car", "vehicle",
          "bus", "vehicle",
          "truck", "vehicle",
          "train", "vehicle");

  private ClassGroups() {}

  /** The group's name; a class that is like no other is its own group. */
  public static String of(String label) {
    return GROUPS.getOrDefault(label, label);
  }
}
