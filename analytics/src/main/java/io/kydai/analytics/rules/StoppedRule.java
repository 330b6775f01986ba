package io.kydai.analytics.rules;

import io.kydai.analytics.Observation;
import io.kydai.analytics.Track;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.tracking.ClassGroups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code stopped}: a vehicle that stays in a zone. Remembers places, not tracks: what stands where
 * something stood goes on with the same {@link Stay}, whatever id or class it has by now, and
 * whether or not the camera was away in between, unless for more than five minutes. Time without
 * frames does not count. A vehicle behind a post is often seen twice, whole and in part: what lies
 * within an older stay's place waits until that one has ended.
 *
 * <p>Keeps at most {@value #MAX_STAYS} stays; beyond that no new one begins until one has ended.
 */
final class StoppedRule implements Rule {
  static final RuleType STOPPED =
      RuleType.named("stopped")
          .titled("stopped vehicle", "xe dừng đỗ")
          .asks(RuleType.Group.TRAFFIC, "does a vehicle stay in a zone?")
          .wantsPlates()
          .zone("where")
          .duration("for", Duration.ofSeconds(30), "how long it stands before it is told")
          .classes(CocoClasses.VEHICLES)
          .madeBy(of(" has stood in zone "));

  static final RuleType ILLEGAL_PARKING =
      RuleType.named("illegal-parking")
          .titled("illegal parking", "đỗ xe trái phép")
          .asks(
              RuleType.Group.VIOLATIONS,
              "does a vehicle stand for longer than one waits at a light?")
          .wantsPlates()
          .zone("where none may park")
          .duration("for", Duration.ofMinutes(3), "how long it stands before it is told")
          .classes(CocoClasses.VEHICLES)
          .madeBy(of(" has been parked in the no-parking zone "));

  static final int MAX_STAYS = 256;

  private final Zone zone;
  private final Set<String> classes;
  private final Set<String> groups = new HashSet<>();
  private final Duration holdFor;
  private final String words;
  private final AlertSink sink;
  // Alerts first, then by age: the claim of an older stay on a vehicle goes first.
  private final List<Stay> stays = new ArrayList<>();
  // Who was seen on the frame before: they have come from somewhere, the others just appeared.
  private final Set<Long> known = new HashSet<>();
  private final Watch watch = new Watch();

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

  @Override
  public void observe(Observation observation) {
    Moment now = Moment.of(observation);
    if (watch.blind(now.mediaTime())) {
      end();
    }
    long elapsed = watch.passes(now.mediaTime());
    List<Track> seen = observation.tracks().stream().filter(Track::seen).toList();
    List<Track> free = new ArrayList<>(seen);
    free.removeIf(track -> !groups.contains(ClassGroups.of(track.label())));

    List<Stay> unsupported = new ArrayList<>();
    for (Stay stay : stays) {
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
    for (Stay stay : unsupported) {
      stay.missed(seen, known, elapsed);
      if (stay.over()) {
        stay.happening().close();
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
        Comparator.comparing((Stay stay) -> !stay.happening().opened())
            .thenComparingLong(stay -> stay.happening().start().mediaTime()));
  }

  @Override
  public void end() {
    stays.forEach(stay -> stay.happening().close());
    stays.clear();
  }

  private void begin(Track track, Moment now) {
    if (stays.size() < MAX_STAYS) {
      stays.add(new Stay(track, sink.happening(now), watch.watched()));
    }
  }

  private void supported(Stay stay, Track track, Moment now) {
    Happening happening = stay.happening();
    stay.supported(track, watch.watched());
    if (stays.subList(0, stays.indexOf(stay)).stream().anyMatch(older -> older.claims(track))) {
      stay.doubt(now);
    }
    happening.joins(track);
    happening.holds(now);
    long stood = stay.stood(watch.watched());
    double seconds = stood / (double) Moment.seconds(1);
    happening.tells(
        stay.label()
            + words
            + zone.id()
            + Text.lasting(seconds)
            + (holdFor.isZero() ? "" : " (limit: " + Text.seconds(holdFor) + " s)"),
        Map.of("seconds", seconds, "threshold", holdFor.toMillis() / 1000.0));
    if (happening.opened()) {
      happening.update(now);
    } else if (stood >= Moment.ticks(holdFor)
        && classes.contains(track.label())
        && !stay.doubtful(now)) {
      happening.open(now);
    }
  }
}
