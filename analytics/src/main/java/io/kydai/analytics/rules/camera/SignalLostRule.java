package io.kydai.analytics.rules.camera;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.lifecycle.CurrentAlert;
import io.kydai.analytics.rules.lifecycle.ReasonText;
import io.kydai.analytics.rules.memory.ObservedTime;
import io.kydai.analytics.rules.type.Rule;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.ingest.media.MediaTime;
import java.time.Duration;
import java.util.Map;

/**
 * {@code signal-lost}: no picture has come for so long, or none ever since the camera was added.
 * One alert from the last picture until pictures have come for five seconds; a camera that comes
 * and goes within these is lost once.
 */
public final class SignalLostRule implements Rule {
  public static final RuleType TYPE =
      RuleType.named("signal-lost")
          .titled("no picture", "mất tín hiệu")
          .asks(RuleType.Group.CAMERA, "does no picture come?")
          .duration("for", Duration.ofSeconds(10), "how long none comes before it is reported")
          .madeBy((settings, alerts) -> new SignalLostRule(alerts, settings.duration("for")));

  private static final long BACK = MediaTime.ticksOfSeconds(5);

  private final Duration limit;
  private final ObservedTime observed = new ObservedTime();
  private final CurrentAlert alert;
  private long back;
  private double longest;

  private SignalLostRule(AlertSink alerts, Duration limit) {
    this.alert = new CurrentAlert(alerts);
    this.limit = limit;
  }

  @Override
  public void waiting(Timestamp last, Timestamp now) {
    if (now.since(last) < MediaTime.ticks(limit)) {
      return;
    }
    back = 0;
    if (!alert.ongoing()) {
      alert.begin(last).aboutCamera();
      longest = 0;
    }
    double seconds = now.secondsSince(last);
    longest = Math.max(longest, seconds);
    alert
        .event()
        .sustain(
            now,
            true,
            "no picture for "
                + ReasonText.seconds(longest)
                + " s (limit: "
                + ReasonText.seconds(limit)
                + " s)",
            Map.of("seconds", longest, "threshold", limit.toMillis() / 1000.0));
  }

  @Override
  public void observe(Observation observation) {
    back += observed.passes(observation.mediaTime());
    if (alert.ongoing() && back >= BACK) {
      end();
    }
  }

  @Override
  public void end() {
    back = 0;
    alert.close();
  }
}
