package io.kydai.analytics.rules;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes a train for a lorry where a camera looks at a road: a small network calls a long lorry or a
 * trailer a train, and rules about lorries would not see it. A camera looks at a road where a rule
 * is about cars, buses or lorries, unless a rule names trains.
 */
final class TrainsOnRoads {
  private static final String TRAIN = "train";
  private static final String LORRY = "truck";
  private static final Set<String> OF_ROADS = Set.of("car", "bus", LORRY);

  private boolean road;
  private boolean rail;

  /**
   * Adds a rule of the camera.
   *
   * @param classes that the rule is about; none where it is about every class
   */
  void add(Set<String> classes) {
    road |= classes.stream().anyMatch(OF_ROADS::contains);
    rail |= classes.contains(TRAIN);
  }

  /** Returns the observation without trains; the same one where there are none to correct. */
  Observation corrected(Observation all) {
    if (!road || rail || all.tracks().stream().noneMatch(TrainsOnRoads::isTrain)) {
      return all;
    }
    List<Track> tracks = new ArrayList<>(all.tracks().size());
    for (Track track : all.tracks()) {
      tracks.add(
          isTrain(track)
              ? new Track(
                  track.id(),
                  LORRY,
                  track.score(),
                  track.box(),
                  track.seen(),
                  track.firstMediaTime(),
                  track.riders(),
                  track.scenery())
              : track);
    }
    return all.with(tracks);
  }

  private static boolean isTrain(Track track) {
    return track.label().equals(TRAIN);
  }
}
