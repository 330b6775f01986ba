package io.kydai.analytics.rules.crossing;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.lifecycle.AlertLifecycle;
import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.memory.LineCrossings;
import io.kydai.analytics.rules.memory.RecentCrossings;
import io.kydai.analytics.rules.settings.CocoClasses;
import io.kydai.analytics.rules.settings.Settings;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Direction;
import io.kydai.analytics.scene.Line;
import io.kydai.ingest.media.MediaTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The core of {@code wrong-way}, {@code lane-violation} and {@code red-light}: one alert for each
 * object that crosses a line as it may not be crossed. What was forbidden only by the time that the
 * object was seen beyond, as where something hid it or it crept, is not reported: it may have
 * crossed as long ago as it was last seen before. One alert for each offender, however often it
 * turns; it lasts until the offender is out of sight for two seconds, crosses as it may, or half a
 * minute has passed. At most {@value #MAX_OPEN} are open; beyond that the oldest is closed.
 *
 * <p>An object that crossed under a class that the rule is not about is reported for that moment
 * when it turns out to be what the rule is about, as {@link RecentCrossings} remembers it.
 */
public final class ForbiddenCrossings implements Rule {
  public static final RuleType WRONG_WAY =
      RuleType.named("wrong-way")
          .titled("wrong way", "đi ngược chiều")
          .asks(RuleType.Group.VIOLATIONS, "who crosses a line against the allowed direction?")
          .wantsPlates()
          .line("the line")
          .choice("allowed", Direction.class, "which way the line may be crossed")
          .classes(Set.of())
          .madeBy(ForbiddenCrossings::wrongWay);

  public static final RuleType LANE_VIOLATION =
      RuleType.named("lane-violation")
          .titled("solid line crossed", "đè vạch liền")
          .asks(RuleType.Group.VIOLATIONS, "who crosses a solid line, either way?")
          .wantsPlates()
          .line("the solid line")
          .classes(CocoClasses.VEHICLES)
          .madeBy(ForbiddenCrossings::laneViolation);

  static final int MAX_OPEN = 100;

  private static final long GONE = MediaTime.ticksOfSeconds(2);
  private static final long LONGEST = MediaTime.ticksOfSeconds(30);

  private final Set<String> classes;
  private final LineCrossings crossings;
  private final Law law;
  private final Function<Timestamp, String> words;
  private final AlertSink sink;
  private final List<Offence> open = new ArrayList<>();

  /** Forbidden crossings, by whomever, in words. */
  private final RecentCrossings<String> deeds;

  private record Offence(LineCrossings.Path path, AlertLifecycle alert, String did) {}

  /** Which crossings are forbidden. */
  interface Law {
    boolean forbids(Direction direction, Timestamp when);
  }

  /**
   * @param words what the offender did, who was last seen before the line at that moment, such as
   *     {@code crossed line v the wrong way}
   */
  ForbiddenCrossings(
      Line line, Set<String> classes, Law law, Function<Timestamp, String> words, AlertSink sink) {
    this.classes = classes;
    this.crossings = new LineCrossings(line);
    this.deeds = new RecentCrossings<>(crossings);
    this.law = law;
    this.words = words;
    this.sink = sink;
  }

  private static Rule wrongWay(Settings settings, AlertSink alerts) {
    Line line = settings.line("line");
    Direction allowed = settings.choice("allowed", Direction.class);
    return new ForbiddenCrossings(
        line,
        settings.classes(),
        (direction, when) -> direction != allowed,
        when ->
            "crossed line "
                + line.id()
                + " the wrong way (allowed: "
                + allowed.name().toLowerCase(Locale.ROOT)
                + ")",
        alerts);
  }

  private static Rule laneViolation(Settings settings, AlertSink alerts) {
    Line line = settings.line("line");
    return new ForbiddenCrossings(
        line,
        settings.classes(),
        (direction, when) -> true,
        when -> "crossed the solid line " + line.id(),
        alerts);
  }

  @Override
  public void observe(Observation observation) {
    Timestamp now = Timestamp.of(observation);
    List<LineCrossings.Crossing> found = crossings.observe(observation);
    for (Track track : observation.tracks()) {
      if (track.seen()) {
        for (Offence offence : open) {
          if (crossings.isOn(track, offence.path())) {
            offence.alert().addTrack(track);
            report(offence, now);
          }
        }
      }
    }
    open.removeIf(
        offence -> {
          boolean over =
              now.since(offence.alert().lastHeld()) >= GONE
                  || now.since(offence.alert().start()) >= LONGEST
                  || found.stream()
                      .anyMatch(
                          back ->
                              back.path() == offence.path()
                                  && !law.forbids(back.direction(), back.when()));
          if (over) {
            offence.alert().close();
          }
          return over;
        });
    deeds.forgetBefore(now);
    remember(found);
    for (Track track : observation.tracks()) {
      if (track.seen() && concerns(track)) {
        deeds.take(track).forEach(deed -> accuse(track, deed, now));
      }
    }
    found.stream().filter(crossing -> now.since(crossing.seen()) > 0).forEach(this::accuseLost);
  }

  private boolean concerns(Track track) {
    return classes.isEmpty() || classes.contains(track.label());
  }

  private void remember(List<LineCrossings.Crossing> found) {
    for (LineCrossings.Crossing crossing : found) {
      deeds.forget(crossing.path());
      if (law.forbids(crossing.direction(), crossing.before())
          && law.forbids(crossing.direction(), crossing.when())) {
        deeds.add(crossing, crossing.when(), words.apply(crossing.before()));
      }
    }
  }

  /** Of a track that was lost meanwhile it is known only now that it crossed. */
  private void accuseLost(LineCrossings.Crossing crossing) {
    Track track = crossing.track();
    if (concerns(track)) {
      deeds.take(crossing.path()).forEach(deed -> accuse(track, deed, crossing.seen()));
    }
  }

  @Override
  public void end() {
    List<LineCrossings.Crossing> found = crossings.end();
    remember(found);
    found.forEach(this::accuseLost);
    open.forEach(offence -> offence.alert().close());
    open.clear();
    deeds.clear();
  }

  /** Accuses each only once. */
  private void accuse(Track track, RecentCrossings.Recent<String> deed, Timestamp now) {
    if (!deed.path().mark()) {
      return;
    }
    if (open.size() == MAX_OPEN) {
      open.stream()
          .min(Comparator.comparingLong(offence -> offence.alert().start().mediaTime().ticks()))
          .ifPresent(
              oldest -> {
                oldest.alert().close();
                open.remove(oldest);
              });
    }
    String did = track.label() + " " + deed.what();
    Offence offence = new Offence(deed.path(), sink.begin(deed.when()), did);
    offence.alert().addTrack(track);
    report(offence, now);
    if (offence.alert().opened()) {
      open.add(offence);
    }
  }

  private void report(Offence offence, Timestamp now) {
    double seconds = now.secondsSince(offence.alert().start());
    offence.alert().sustain(now, true, offence.did(), Map.of("seconds", seconds));
  }
}
