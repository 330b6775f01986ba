package io.kydai.analytics.rules;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.lifecycle.Boxes;
import io.kydai.models.detection.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes the drivers and passengers of vehicles out of what rules see: they are neither intruders
 * nor pedestrians.
 *
 * <p>A person is an occupant while 90% or more of the person's box lies in the box of one car, bus
 * or lorry and ends well above that box's lower edge: a person before the vehicle stands as low as
 * its wheels or lower, and one behind it is seen above its roof or at its side. A predicted box of
 * the vehicle is as good as a seen one. The person stays an occupant until seen elsewhere for a
 * second, since a vehicle's box flickers ({@link RecentTracks}); who steps out is reported that
 * second later.
 */
final class Occupants {
  private static final Set<String> VEHICLES = Set.of("car", "bus", "truck");
  private static final float INSIDE = 0.9f; // of the person's box
  private static final float ABOVE = 0.15f; // of the vehicle's height

  private final RecentTracks inside = new RecentTracks();

  /** Returns the observation without its occupants; the same one where there are none. */
  Observation without(Observation all) {
    long now = all.mediaTime();
    inside.expire(now);
    List<Track> others = new ArrayList<>(all.tracks().size());
    for (Track track : all.tracks()) {
      if (!isOccupant(track, all)) {
        others.add(track);
      }
    }
    return others.size() == all.tracks().size() ? all : all.with(others);
  }

  private boolean isOccupant(Track track, Observation all) {
    if (!track.label().equals("person")) {
      return false;
    }
    if (all.tracks().stream().anyMatch(other -> isIn(track.box(), other))) {
      inside.add(track.id(), all.mediaTime());
      return true;
    }
    return inside.contains(track.id());
  }

  private static boolean isIn(Box person, Track vehicle) {
    Box box = vehicle.box();
    return VEHICLES.contains(vehicle.label())
        && person.bottom() < box.bottom() - ABOVE * box.height()
        && Boxes.shared(person, box) >= INSIDE * person.area();
  }
}
