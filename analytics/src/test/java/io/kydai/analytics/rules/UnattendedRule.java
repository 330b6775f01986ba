package io.kydai.analytics.rules;

import io.kydai.analytics.Observation;
import io.kydai.analytics.Track;
import io.kydai.analytics.scene.Zone;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** {@code unattended}: nobody has been in a zone for too long. */
final class UnattendedRule implements Rule {
  private final Zone zone;
  private final Set<String> classes;
  private final long holdFor;
  private final AlertSink alerts;
  private Happening happening;

  private UnattendedRule(Zone zone, Set<String> classes, long holdFor, AlertSink alerts) {
    this.zone = zone;
    this.classes = classes;
    this.holdFor = holdFor;
    this.alerts = alerts;
  }

  static Rule of(Settings settings, AlertSink alerts) {
    return new UnattendedRule(
        settings.zone("zone"),
        settings.classes(CocoClasses.PERSON),
        Moment.ticks(settings.duration("for", Duration.ofMinutes(5))),
        alerts);
  }

  @Override
  public void observe(Observation observation) {
    if (observation.tracks().stream().anyMatch(this::attends)) {
      end();
      return;
    }
    Moment now = Moment.of(observation);
    if (happening == null) {
      happening = alerts.happening(now);
    }
    happening.holds(now);
    double seconds = now.secondsSince(happening.start());
    happening.tells("nobody in zone " + zone.id(), Map.of("seconds", seconds));
    if (happening.opened()) {
      happening.update(now);
    } else if (now.since(happening.start()) >= holdFor) {
      happening.open(now);
    }
  }

  private boolean attends(Track track) {
    return track.seen() && classes.contains(track.label()) && zone.contains(track.standing());
  }

  @Override
  public void end() {
    if (happening != null) {
      happening.close();
      happening = null;
    }
  }
}
