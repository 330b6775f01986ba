package io.kydai.console.users;

import io.kydai.ingest.source.CameraId;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The cameras for which a grant or a token holds: all of them, or those that are named, are in one
 * of the groups, or stand in one of the areas.
 *
 * @param everything whether it holds for every camera, also one that is added later
 */
public record Scope(
    boolean everything, Set<CameraId> cameras, Set<String> groups, Set<String> areas) {
  private static final int MAX_NAMES = 10_000;
  private static final int MAX_NAME = 63;

  /** Every camera. */
  public static final Scope EVERYTHING = new Scope(true, Set.of(), Set.of(), Set.of());

  /** The bounds are {@value #MAX_NAMES} names of each kind. */
  public Scope {
    cameras = Set.copyOf(cameras);
    groups = Set.copyOf(groups);
    areas = Set.copyOf(areas);
    Predicate<String> wrong = name -> name.isBlank() || name.length() > MAX_NAME;
    if (groups.size() > MAX_NAMES || groups.stream().anyMatch(wrong)) {
      throw new InvalidPeopleException("groups", "names of 1 to " + MAX_NAME + " characters");
    }
    if (areas.size() > MAX_NAMES || areas.stream().anyMatch(wrong)) {
      throw new InvalidPeopleException("areas", "ids of 1 to " + MAX_NAME + " characters");
    }
    if (cameras.size() > MAX_NAMES) {
      throw new InvalidPeopleException("cameras", MAX_NAMES + " ids at most");
    }
  }

  /** Returns a scope of certain cameras. */
  public static Scope of(CameraId... cameras) {
    return new Scope(false, Set.of(cameras), Set.of(), Set.of());
  }

  /**
   * Returns whether a camera belongs to it.
   *
   * @param known every area, by id
   */
  boolean contains(CameraPlace place, Map<String, Area> known) {
    if (everything || cameras.contains(place.camera())) {
      return true;
    }
    if (place.groups().stream().anyMatch(groups::contains)) {
      return true;
    }
    Double lat = place.lat();
    Double lon = place.lon();
    return lat != null
        && lon != null
        && areas.stream().map(known::get).anyMatch(area -> area != null && area.contains(lat, lon));
  }
}
