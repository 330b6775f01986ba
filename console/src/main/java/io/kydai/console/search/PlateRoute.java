package io.kydai.console.search;

import io.kydai.console.routing.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way from one place where a plate was read to the next one. What is known of it is the
 * straight line and the time between, so that a speed is the least with which it can have been
 * driven.
 */
public final class PlateRoute {
  /**
   * From so many kilometres an hour in a straight line on, one of two readings is doubted: it is
   * more than any road of Vietnam allows (120 km/h), by as much as people exceed that.
   */
  public static final double IMPLAUSIBLE_KMH = 150;

  /** Two cameras that are nearer see the same vehicle at once: their views may overlap. */
  private static final double NEAR_METRES = 300;

  private static final double EARTH_METRES = 6_371_000;
  private static final double METRES_PER_KILOMETRE = 1_000;
  private static final double MILLIS_PER_SECOND = 1_000;
  private static final double MILLIS_PER_HOUR = 3_600_000;

  private PlateRoute() {}

  /**
   * A reading of the plate.
   *
   * @param at when the event began
   * @param place where the camera stands; {@link Place#UNKNOWN} where that is not known
   */
  public record Stop(Instant at, Place place) {}

  /**
   * The way from the reading before.
   *
   * @param metres of the straight line
   * @param seconds between the readings
   * @param kilometresPerHour the least speed; null where no time passed
   * @param implausible whether nobody drives so fast, so that a reading is wrong, a clock is, or
   *     two vehicles have this plate
   */
  public record Leg(
      double metres, double seconds, @Nullable Double kilometresPerHour, boolean implausible) {}

  /**
   * Returns the way to each stop but the first.
   *
   * @param stops in the order of their times
   * @return for each stop; null for the first one, and where one of two places is not known
   */
  public static List<@Nullable Leg> legs(List<Stop> stops) {
    List<@Nullable Leg> legs = new ArrayList<>();
    for (int i = 0; i < stops.size(); i++) {
      legs.add(i == 0 ? null : leg(stops.get(i - 1), stops.get(i)));
    }
    return legs;
  }

  private static @Nullable Leg leg(Stop from, Stop to) {
    Double metres = metres(from.place(), to.place());
    if (metres == null) {
      return null;
    }
    long millis = Duration.between(from.at(), to.at()).toMillis();
    Double speed = millis > 0 ? metres / METRES_PER_KILOMETRE / (millis / MILLIS_PER_HOUR) : null;
    boolean implausible = metres > NEAR_METRES && (speed == null || speed > IMPLAUSIBLE_KMH);
    return new Leg(metres, millis / MILLIS_PER_SECOND, speed, implausible);
  }

  /** Returns the great circle between two places (haversine); null where one is not known. */
  private static @Nullable Double metres(Place one, Place other) {
    Double lat1 = one.lat();
    Double lon1 = one.lon();
    Double lat2 = other.lat();
    Double lon2 = other.lon();
    if (lat1 == null || lon1 == null || lat2 == null || lon2 == null) {
      return null;
    }
    double half =
        Math.pow(Math.sin(Math.toRadians(lat2 - lat1) / 2), 2)
            + Math.cos(Math.toRadians(lat1))
                * Math.cos(Math.toRadians(lat2))
                * Math.pow(Math.sin(Math.toRadians(lon2 - lon1) / 2), 2);
    return 2 * EARTH_METRES * Math.asin(Math.sqrt(Math.min(1, half)));
  }
}
