package io.kydai.analytics.rules.presence;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.lifecycle.AlertLifecycle;
import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.lifecycle.CurrentAlert;
import io.kydai.analytics.rules.settings.CocoClasses;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.analytics.scene.Zone;
import io.kydai.ingest.media.MediaTime;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** {@code unattended}: nobody has been in a zone for too long. */
public final class UnattendedRule implements Rule {
  public static final RuleType TYPE =
      RuleType.named("unattended")
          .titled("post left", "bỏ chốt gác")
          .asks(RuleType.Group.PEOPLE, "has nobody been in a zone for too long?")
          .zone("the post")
          .duration("for", Duration.ofMinutes(5), "how long the post may be left")
          .classes(CocoClasses.PERSON)
          .madeBy(
              (settings, alerts) ->
                  new UnattendedRule(
                      settings.zone("zone"),
                      settings.classes(),
                      MediaTime.ticks(settings.duration("for")),
                      alerts));

  private final Zone zone;
  private final Set<String> classes;
  private final long holdFor;
  private final CurrentAlert alert;

  private UnattendedRule(Zone zone, Set<String> classes, long holdFor, AlertSink alerts) {
    this.zone = zone;
    this.classes = classes;
    this.holdFor = holdFor;
    this.alert = new CurrentAlert(alerts);
  }

  @Override
  public void observe(Observation observation) {
    if (observation.tracks().stream().anyMatch(this::attends)) {
      end();
      return;
    }
    Timestamp now = Timestamp.of(observation);
    AlertLifecycle event = alert.ongoing() ? alert.event() : alert.begin(now);
    boolean longEnough = now.since(event.start()) >= holdFor;
    double seconds = now.secondsSince(event.start());
    event.sustain(now, longEnough, "nobody in zone " + zone.id(), Map.of("seconds", seconds));
  }

  private boolean attends(Track track) {
    return track.seen() && classes.contains(track.label()) && zone.contains(track.standing());
  }

  @Override
  public void end() {
    alert.close();
  }
}
