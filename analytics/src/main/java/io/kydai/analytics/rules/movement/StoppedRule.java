package io.kydai.analytics.rules.movement;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.lifecycle.AlertLifecycle;
import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.lifecycle.ReasonText;
import io.kydai.analytics.rules.memory.ObservedTime;
import io.kydai.analytics.rules.memory.ParkedVehicle;
import io.kydai.analytics.rules.settings.CocoClasses;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.tracking.ClassGroups;
import io.kydai.ingest.media.MediaTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code stopped}: a vehicle that stays in a zone. Remembers places, not tracks: what stands where
 * something stood goes on with the same {@link ParkedVehicle}, whatever id or class it has by now,
 * and whether or not the camera was away in between, unless for more than five minutes. Time
 * without frames does not count. A vehicle behind a post is often seen twice, whole and in part:
 * what lies within an older stay's place waits until that one has ended.
 *
 * <p>Keeps at most {@value #MAX_STAYS} stays; beyond that no new one begins until one has ended.
 */
public final class StoppedRule implements Rule {
  public static final RuleType STOPPED =
      RuleType.named("stopped")
          .titled("stopped vehicle", "xe dừng đỗ")
          .asks(RuleType.Group.TRAFFIC, "does a vehicle stay in a zone?")
          .wantsPlates()
          .zone("where")
          .duration("for", Duration.ofSeconds(30), "how long it stands before it is reported")
          .classes(CocoClasses.VEHICLES)
          .madeBy(of(" has stood in zone "));

  public static final RuleType ILLEGAL_PARKING =
      RuleType.named("illegal-parking")
          .titled("illegal parking", "đỗ xe trái phép")
          .asks(
              RuleType.Group.VIOLATIONS,
              "does a vehicle stand for longer than one waits at a light?")
          .wantsPlates()
          .zone("where none may park")
          .duration("for", Duration.ofMinutes(3), "how long it stands before it is reported")
          .classes(CocoClasses.VEHICLES)
          .madeBy(of(" has been parked in the no-parking zone "));

  public static final int MAX_STAYS = 256;

  private final Zone zone;
  private final Set<String> classes;
  private final Set<String> groups = new HashSet<>();
  private final Duration holdFor;
  private final String words;
  private final AlertSink sink;
  // Alerts first, then by age: the claim of an older stay on a vehicle goes first.
  private final List<ParkedVehicle> stays = new ArrayList<>();
  // The tracks of the frame before: they have come from somewhere, the others just appeared.
  private final Set<Long> known = new HashSet<>();
  private final ObservedTime observed = new ObservedTime();

  private StoppedRule(
      Zone zone, Set<String> classes, Duration holdFor, String words, AlertSink sink) {
    this.zone = zone;
    this.classes = classes;
    this.holdFor = holdFor;
    this.words = words;
    this.sink = sink;
    classes.forEach(label -> groups.add(ClassGroups.of(label)));
  }

  private static RuleType.Factory of(String words) {
    return (settings, alerts) ->
        new StoppedRule(
            settings.zone("zone"), settings.classes(), settings.duration("for"), words, alerts);
  }

  /** {@inheritDoc} A vehicle that has stood since before the analysis began stands, too. */
  @Override
  public boolean seesScenery() {
    return true;
  }

  @Override
  public void observe(Observation observation) {
    Timestamp now = Timestamp.of(observation);
    if (observed.blind(now.mediaTime().ticks())) {
      end();
    }
    long elapsed = observed.passes(now.mediaTime().ticks());
    List<Track> seen = observation.tracks().stream().filter(Track::seen).toList();
    List<Track> free = new ArrayList<>(seen);
    free.removeIf(track -> !groups.contains(ClassGroups.of(track.label())));

    List<ParkedVehicle> unsupported = new ArrayList<>();
    for (ParkedVehicle stay : stays) {
      free.stream()
          .filter(track -> stay.mayBe(track, known.contains(track.id()), now))
          .max(Comparator.comparingDouble(stay::likeness))
          .ifPresentOrElse(
              track -> {
                free.remove(track);
                supported(stay, track, now);
              },
              () -> unsupported.add(stay));
    }
    for (ParkedVehicle stay : unsupported) {
      stay.missed(seen, known, elapsed);
      if (stay.over()) {
        stay.alert().close();
        stays.remove(stay);
      }
    }
    for (Track track : free) {
      if (zone.contains(track.standing()) && stays.stream().noneMatch(s -> s.claims(track))) {
        begin(track, now);
      }
    }
    known.clear();
    seen.forEach(track -> known.add(track.id()));
    stays.sort(
        Comparator.comparing((ParkedVehicle stay) -> !stay.alert().opened())
            .thenComparingLong(stay -> stay.alert().start().mediaTime().ticks()));
  }

  @Override
  public void end() {
    stays.forEach(stay -> stay.alert().close());
    stays.clear();
  }

  private void begin(Track track, Timestamp now) {
    if (stays.size() < MAX_STAYS) {
      stays.add(new ParkedVehicle(track, sink.begin(now), observed.watched()));
    }
  }

  private void supported(ParkedVehicle stay, Track track, Timestamp now) {
    AlertLifecycle event = stay.alert();
    stay.supported(track, observed.watched());
    if (stays.subList(0, stays.indexOf(stay)).stream().anyMatch(older -> older.claims(track))) {
      stay.doubt(now);
    }
    event.addTrack(track);
    long stood = stay.stood(observed.watched());
    double seconds = stood / (double) MediaTime.ticksOfSeconds(1);
    event.sustain(
        now,
        stood >= MediaTime.ticks(holdFor) && classes.contains(track.label()) && !stay.doubtful(now),
        stay.label()
            + words
            + zone.id()
            + ReasonText.forSeconds(seconds)
            + (holdFor.isZero() ? "" : " (limit: " + ReasonText.seconds(holdFor) + " s)"),
        Map.of("seconds", seconds, "threshold", holdFor.toMillis() / 1000.0));
  }
}
