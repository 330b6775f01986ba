package io.kydai.analytics.rules;

import io.kydai.analytics.Observation;
import io.kydai.analytics.scene.Zone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * {@code turning-movements}: how many of each class went from which zone to which. Who was in an
 * origin and then is in a destination with another id is counted there, once; to be counted again
 * it must be in an origin again. Raises no alerts. Keeps the newest {@value Pieces#MOST} pieces of
 * five minutes, which is a day; older ones are dropped.
 */
final class TurningMovementsRule implements Rule {
  private static final long KEEP = Moment.seconds(60);

  private final List<Zone> origins;
  private final List<Zone> destinations;
  private final Set<String> classes;
  private final String rule;
  private final Follower<Way> ways = new Follower<>(KEEP, KEEP, way -> {});
  private final TreeMap<Long, Map<Movement, Long>> pieces = new TreeMap<>();

  private static final class Way {
    private Optional<Zone> origin = Optional.empty();
  }

  private record Movement(String origin, String destination, String label)
      implements Comparable<Movement> {
    @Override
    public int compareTo(Movement other) {
      int byOrigin = origin.compareTo(other.origin);
      int byDestination = destination.compareTo(other.destination);
      return byOrigin != 0
          ? byOrigin
          : byDestination != 0 ? byDestination : label.compareTo(other.label);
    }
  }

  private TurningMovementsRule(
      List<Zone> origins, List<Zone> destinations, Set<String> classes, String rule) {
    this.origins = origins;
    this.destinations = destinations;
    this.classes = classes;
    this.rule = rule;
  }

  static Rule of(Settings settings, AlertSink alerts) {
    return new TurningMovementsRule(
        settings.zones("origins"),
        settings.zones("destinations"),
        settings.classes(Set.of()),
        alerts.rule());
  }

  @Override
  public void observe(Observation observation) {
    for (Follower.Followed<Way> followed : ways.observe(observation, track -> new Way())) {
      Way way = followed.state();
      String label = followed.track().label();
      Optional<Zone> destination = at(destinations, followed);
      if (way.origin.isPresent()
          && destination.isPresent()
          && !destination.get().id().equals(way.origin.get().id())) {
        if (classes.isEmpty() || classes.contains(label)) {
          count(
              observation.wallClock(),
              new Movement(way.origin.get().id(), destination.get().id(), label));
        }
        way.origin = Optional.empty();
      }
      Optional<Zone> origin = at(origins, followed);
      if (origin.isPresent()) {
        way.origin = origin;
      }
    }
  }

  @Override
  public void end() {
    ways.clear();
  }

  @Override
  public Optional<Movements> movements() {
    List<Movements.Count> counts = new ArrayList<>();
    pieces.forEach(
        (from, movements) ->
            movements.forEach(
                (movement, count) ->
                    counts.add(
                        new Movements.Count(
                            Instant.ofEpochSecond(from),
                            movement.origin(),
                            movement.destination(),
                            movement.label(),
                            count))));
    return Optional.of(new Movements(rule, counts));
  }

  private void count(Instant when, Movement movement) {
    pieces
        .computeIfAbsent(Pieces.of(when), start -> new TreeMap<>())
        .merge(movement, 1L, Long::sum);
    if (pieces.size() > Pieces.MOST) {
      pieces.pollFirstEntry();
    }
  }

  private static Optional<Zone> at(List<Zone> zones, Follower.Followed<Way> followed) {
    for (Zone zone : zones) {
      if (zone.contains(followed.track().standing())) {
        return Optional.of(zone);
      }
    }
    return Optional.empty();
  }
}
