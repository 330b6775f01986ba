package io.kydai.analytics.rules;

import io.kydai.analytics.Observation;
import io.kydai.analytics.Track;
import io.kydai.analytics.scene.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code wrong-way}: who crosses a line against the direction that is allowed. One alert for each
 * offender, however often it turns; it lasts until the offender is out of sight for two seconds,
 * crosses back, or half a minute has passed. At most {@value #MAX_OPEN} are open; beyond that the
 * oldest is closed.
 */
final class WrongWayRule implements Rule {
  static final int MAX_OPEN = 100;

  private static final long GONE = Moment.seconds(2);
  private static final long LONGEST = Moment.seconds(30);

  private final Line line;
  private final Direction allowed;
  private final Set<String> classes;
  private final LineCrossings crossings;
  private final AlertSink sink;
  private final List<Offence> open = new ArrayList<>();

  private record Offence(LineCrossings.Path path, Happening happening, String label) {}

  private WrongWayRule(Line line, Direction allowed, Set<String> classes, AlertSink sink) {
    this.line = line;
    this.allowed = allowed;
    this.classes = classes;
    this.crossings = new LineCrossings(line);
    this.sink = sink;
  }

  static Rule of(Settings settings, AlertSink alerts) {
    return new WrongWayRule(
        settings.line("line"),
        settings.choice("allowed", Direction.class),
        settings.classes(Set.of()),
        alerts);
  }

  @Override
  public void observe(Observation observation) {
    Moment now = Moment.of(observation);
    List<LineCrossings.Crossing> found = crossings.observe(observation);
    for (Track track : observation.tracks()) {
      if (track.seen()) {
        for (Offence offence : open) {
          if (crossings.isOn(track, offence.path())) {
            offence.happening().joins(track);
            offence.happening().holds(now);
            tell(offence);
            offence.happening().update(now);
          }
        }
      }
    }
    open.removeIf(
        offence -> {
          boolean over =
              now.since(offence.happening().held()) >= GONE
                  || now.since(offence.happening().start()) >= LONGEST
                  || found.stream()
                      .anyMatch(
                          back -> back.path() == offence.path() && back.direction() == allowed);
          if (over) {
            offence.happening().close();
          }
          return over;
        });
    for (LineCrossings.Crossing crossing : found) {
      Track track = crossing.track();
      if (crossing.direction() != allowed
          && (classes.isEmpty() || classes.contains(track.label()))
          && crossing.path().mark()) {
        offends(crossing, now);
      }
    }
  }

  @Override
  public void end() {
    open.forEach(offence -> offence.happening().close());
    open.clear();
  }

  private void offends(LineCrossings.Crossing crossing, Moment now) {
    if (open.size() == MAX_OPEN) {
      open.stream()
          .min(Comparator.comparingLong(offence -> offence.happening().start().mediaTime()))
          .ifPresent(
              oldest -> {
                oldest.happening().close();
                open.remove(oldest);
              });
    }
    Offence offence = new Offence(crossing.path(), sink.happening(now), crossing.track().label());
    offence.happening().joins(crossing.track());
    tell(offence);
    offence.happening().open(now);
    open.add(offence);
  }

  private void tell(Offence offence) {
    double seconds = offence.happening().held().secondsSince(offence.happening().start());
    offence
        .happening()
        .tells(
            offence.label()
                + " crossed line "
                + line.id()
                + " the wrong way (allowed: "
                + allowed.name().toLowerCase(Locale.ROOT)
                + ")",
            Map.of("seconds", seconds));
  }
}
