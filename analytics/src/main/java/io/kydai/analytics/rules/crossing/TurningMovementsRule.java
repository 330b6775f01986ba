package io.kydai.analytics.rules.crossing;

import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.rules.counting.FrameSamples;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.counting.Movements;
import io.kydai.analytics.rules.counting.Sample;
import io.kydai.analytics.rules.counting.TimeBuckets;
import io.kydai.analytics.rules.memory.TrackHandover;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Zone;
import io.kydai.ingest.media.MediaTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code turning-movements}: the rule counts how many objects of each class went from which zone to
 * which. An object that was in an origin and then is in a destination with another id is counted
 * there, once; to be counted again it must be in an origin again. Raises no alerts. Keeps the
 * newest {@value Pieces#MOST} pieces of five minutes, which is a day; older ones are dropped.
 */
public final class TurningMovementsRule implements Rule {
  public static final RuleType TYPE =
      RuleType.named("turning-movements")
          .titled("turning movements", "lưu lượng rẽ")
          .asks(RuleType.Group.TRAFFIC, "how many of each class go from which zone to which?")
          .counts()
          .zones("origins", "zones from which they come; leave space between the zones")
          .zones("destinations", "zones to which they go")
          .classes(Set.of())
          .madeBy(
              (settings, alerts) ->
                  new TurningMovementsRule(
                      settings.zones("origins"),
                      settings.zones("destinations"),
                      settings.classes(),
                      alerts.origin().rule()));

  private static final long KEEP = MediaTime.ticksOfSeconds(60);

  private final List<Zone> origins;
  private final List<Zone> destinations;
  private final Set<String> classes;
  private final RuleId rule;
  private final TrackHandover<Way> ways = new TrackHandover<>(KEEP, KEEP, way -> {});
  private final TimeBuckets<Movements.Turn, Long> pieces =
      new TimeBuckets<>(TimeBuckets.SHORTEST, Long::sum);

  // Turns since the statistics were asked last: of one frame, as they are asked after each.
  private final List<Turned> fresh = new ArrayList<>();

  private record Turned(Movements.Turn turn, Instant when) {}

  private static final class Way {
    private @Nullable Zone origin;
  }

  private TurningMovementsRule(
      List<Zone> origins, List<Zone> destinations, Set<String> classes, RuleId rule) {
    this.origins = origins;
    this.destinations = destinations;
    this.classes = classes;
    this.rule = rule;
  }

  @Override
  public void observe(Observation observation) {
    for (TrackHandover.Followed<Way> followed : ways.observe(observation, track -> new Way())) {
      Way way = followed.state();
      String label = followed.track().label();
      Optional<Zone> destination = at(destinations, followed);
      Zone origin = way.origin;
      if (origin != null
          && destination.isPresent()
          && !destination.get().id().equals(origin.id())) {
        if (classes.isEmpty() || classes.contains(label)) {
          Movements.Turn turn = new Movements.Turn(origin.id(), destination.get().id(), label);
          pieces.add(observation.wallClock(), turn, 1L);
          fresh.add(new Turned(turn, observation.wallClock()));
        }
        way.origin = null;
      }
      at(origins, followed).ifPresent(zone -> way.origin = zone);
    }
  }

  @Override
  public void sample(FrameSamples samples) {
    origins.forEach(zone -> samples.watched(rule, Sample.Place.MOVEMENT, zone.id()));
    fresh.forEach(one -> samples.turned(rule, one.turn(), one.when()));
    fresh.clear();
  }

  @Override
  public void end() {
    ways.clear();
  }

  @Override
  public void continueFrom(Rule before) {
    if (before instanceof TurningMovementsRule counted) {
      pieces.addAll(counted.pieces);
    }
  }

  @Override
  public Measurements measurements() {
    return Measurements.of(Movements.of(rule, pieces));
  }

  private static Optional<Zone> at(List<Zone> zones, TrackHandover.Followed<Way> followed) {
    for (Zone zone : zones) {
      if (zone.contains(followed.track().standing())) {
        return Optional.of(zone);
      }
    }
    return Optional.empty();
  }
}
