package io.kydai.analytics.rules.presence;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.lifecycle.AlertLifecycle;
import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.lifecycle.CurrentAlert;
import io.kydai.analytics.rules.lifecycle.ReasonText;
import io.kydai.analytics.rules.memory.ObservedTime;
import io.kydai.analytics.rules.memory.TrackHandover;
import io.kydai.analytics.rules.settings.CocoClasses;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.tracking.ClassGroups;
import io.kydai.ingest.media.MediaTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The core of {@code loitering}, {@code no-entry}, {@code bus-lane} and {@code
 * pavement-encroachment}: one alert for each object that stays in a zone for so long.
 *
 * <p>Only watched seconds count. Before the alert, a second out of the zone (or unseen) begins the
 * count again; after it, the alert ends when that lasts for the given time, or half a minute for
 * what stood still when it was last seen, because detectors overlook what is parked.
 */
public final class Dwell implements Rule {
  public static final RuleType LOITERING =
      RuleType.named("loitering")
          .titled("loitering", "lảng vảng")
          .asks(RuleType.Group.PEOPLE, "does somebody stay in a zone for long?")
          .zone("where")
          .duration("for", Duration.ofMinutes(1), "how long somebody stays before it is reported")
          .classes(CocoClasses.PERSON)
          .madeBy(of("has stayed in", Duration.ofSeconds(10)));

  public static final RuleType NO_ENTRY =
      RuleType.named("no-entry")
          .titled("no entry", "đi vào đường cấm")
          .asks(RuleType.Group.VIOLATIONS, "is a class where it may not be, at these hours?")
          .wantsPlates()
          .zone("where the classes may not be")
          .duration("for", Duration.ofSeconds(1), "how long it is there before it is reported")
          .classes(CocoClasses.VEHICLES)
          .madeBy(of("has been in the closed", Duration.ofSeconds(5)));

  /** Asks about going along the lane and not only across it, hence the default of 3 s. */
  public static final RuleType BUS_LANE =
      RuleType.named("bus-lane")
          .titled("bus lane used", "đi vào làn xe buýt")
          .asks(RuleType.Group.VIOLATIONS, "does one that is no bus go along the buses' lane?")
          .wantsPlates()
          .zone("the buses' lane")
          .duration("for", Duration.ofSeconds(3), "how long it goes there before it is reported")
          .classes(Set.of("car", "motorcycle", "truck"))
          .madeBy(of("has been in the bus lane of", Duration.ofSeconds(5)));

  public static final RuleType PAVEMENT_ENCROACHMENT =
      RuleType.named("pavement-encroachment")
          .titled("vehicle on the pavement", "xe lấn vỉa hè")
          .asks(RuleType.Group.VIOLATIONS, "does a vehicle ride or stand where people walk?")
          .wantsPlates()
          .zone("the pavement")
          .duration("for", Duration.ofSeconds(3), "how long it is there before it is reported")
          .classes(CocoClasses.VEHICLES)
          .madeBy(of("has been on the pavement of", Duration.ofSeconds(10)));

  private static final long GAP = MediaTime.ticksOfSeconds(1);
  private static final long PARKED = MediaTime.ticksOfSeconds(30);

  private final Zone zone;
  private final Set<String> classes;
  private final Set<String> groups = new HashSet<>();
  private final Duration holdFor;
  private final long leave;
  private final String words;
  private final AlertSink sink;
  private final TrackHandover<Visit> visits;
  private final ObservedTime observed = new ObservedTime();

  private static final class Visit {
    private final CurrentAlert alert;
    private String label = "";
    private long inside;
    private long without;
    private boolean seenOutside;
    private boolean present;

    Visit(AlertSink sink) {
      alert = new CurrentAlert(sink);
    }
  }

  /**
   * @param leave after so long outside, an alert has ended
   * @param words what somebody does in the zone, such as {@code has been}
   */
  Dwell(
      Zone zone,
      Set<String> classes,
      Duration holdFor,
      Duration leave,
      String words,
      AlertSink sink) {
    this.zone = zone;
    this.classes = classes;
    this.holdFor = holdFor;
    this.leave = MediaTime.ticks(leave);
    this.words = words;
    this.sink = sink;
    this.visits = new TrackHandover<>(this.leave + PARKED, PARKED, Dwell::over);
    classes.forEach(label -> groups.add(ClassGroups.of(label)));
  }

  private static RuleType.Factory of(String words, Duration leave) {
    return (settings, alerts) ->
        new Dwell(
            settings.zone("zone"),
            settings.classes(),
            settings.duration("for"),
            leave,
            words,
            alerts);
  }

  @Override
  public void observe(Observation observation) {
    Timestamp now = Timestamp.of(observation);
    long elapsed = observed.passes(now.mediaTime().ticks());
    var seen = visits.observe(observation, track -> new Visit(sink));
    visits.all().forEach(visit -> visit.present = false);
    for (TrackHandover.Followed<Visit> followed : seen) {
      Track track = followed.track();
      if (!groups.isEmpty() && !groups.contains(ClassGroups.of(track.label()))) {
        continue;
      }
      Visit visit = followed.state();
      visit.present = zone.contains(track.standing());
      visit.seenOutside = !visit.present;
      if (visit.present) {
        stays(visit, track, now, elapsed);
      }
    }
    for (Visit visit : visits.all()) {
      if (!visit.present && visit.alert.ongoing()) {
        visit.without += elapsed;
        visit.inside += elapsed;
        if (visit.without > patience(visit)) {
          over(visit);
        }
      }
    }
  }

  @Override
  public void end() {
    visits.clear();
  }

  private void stays(Visit visit, Track track, Timestamp now, long elapsed) {
    if (!visit.alert.ongoing()) {
      visit.alert.begin(now);
      visit.inside = 0;
    } else {
      visit.inside += elapsed;
    }
    visit.without = 0;
    visit.label = track.label();
    AlertLifecycle event = visit.alert.event();
    event.addTrack(track);
    double seconds = now.secondsSince(event.start());
    event.sustain(
        now,
        visit.inside >= MediaTime.ticks(holdFor)
            && (classes.isEmpty() || classes.contains(track.label())),
        visit.label
            + " "
            + words
            + " zone "
            + zone.id()
            + ReasonText.forSeconds(seconds)
            + (holdFor.isZero() ? "" : " (limit: " + ReasonText.seconds(holdFor) + " s)"),
        Map.of("seconds", seconds, "threshold", holdFor.toMillis() / 1000.0));
  }

  private long patience(Visit visit) {
    if (!visit.alert.opened()) {
      return GAP;
    }
    return !visit.seenOutside && visits.stood(visit) ? Math.max(leave, PARKED) : leave;
  }

  private static void over(Visit visit) {
    visit.alert.close();
  }
}
