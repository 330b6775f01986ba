package io.kydai.console.users;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A part of the map on which rights are granted.
 *
 * @param id 1 to 63 of {@code a-z}, {@code 0-9}, {@code -}
 * @param name the name for people
 * @param polygon its corners in order, 3 to {@value #MAX_CORNERS}; the last is joined to the first
 */
public record Area(String id, String name, List<Corner> polygon) {
  static final int MAX_CORNERS = 200;
  private static final int MAX_NAME = 200;
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /**
   * A corner (WGS84).
   *
   * @param lat degrees north
   * @param lon degrees east
   */
  public record Corner(double lat, double lon) {
    public Corner {
      if (!(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180)) {
        throw new InvalidPeopleException("polygon", "-90 to 90 degrees north, -180 to 180 east");
      }
    }
  }

  public Area {
    requireNonNull(id);
    requireNonNull(name);
    polygon = List.copyOf(polygon);
    if (!ID.matcher(id).matches()) {
      throw new InvalidPeopleException("id", "1 to 63 of a-z, 0-9, -");
    }
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw new InvalidPeopleException("name", "1 to " + MAX_NAME + " characters");
    }
    if (polygon.size() < 3 || polygon.size() > MAX_CORNERS) {
      throw new InvalidPeopleException("polygon", "3 to " + MAX_CORNERS + " corners");
    }
  }

  /**
   * Returns whether a place is inside, by the number of edges that a ray to the east crosses. A
   * city is small enough for degrees to be taken as a plane.
   */
  public boolean contains(double lat, double lon) {
    return contains(polygon, lat, lon);
  }

  /** Returns whether a place is inside a polygon, whose last corner is joined to the first. */
  public static boolean contains(List<Corner> polygon, double lat, double lon) {
    boolean inside = false;
    for (int i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
      Corner a = polygon.get(i);
      Corner b = polygon.get(j);
      if ((a.lat() > lat) != (b.lat() > lat)
          && lon < (b.lon() - a.lon()) * (lat - a.lat()) / (b.lat() - a.lat()) + a.lon()) {
        inside = !inside;
      }
    }
    return inside;
  }
}
