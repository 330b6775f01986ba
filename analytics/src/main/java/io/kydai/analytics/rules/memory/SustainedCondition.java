package io.kydai.analytics.rules.memory;

import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.lifecycle.AlertLifecycle;
import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.analytics.rules.lifecycle.CurrentAlert;
import io.kydai.ingest.media.MediaTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One alert for as long as a condition of a whole zone holds. The condition begins where a value
 * reaches a threshold and goes on while the value stays above a lower one (hysteresis). Its alert
 * opens after {@code holdFor} observed seconds with the condition, and closes after {@code clear}
 * observed seconds without. Seconds without frames count for neither; after five minutes of them,
 * what is seen next is a new event.
 */
public final class SustainedCondition {
  private static final long GAP = MediaTime.ticksOfSeconds(1);

  private final long holdFor;
  private final long clear;
  private final ObservedTime observed = new ObservedTime();
  private final CurrentAlert alert;
  private double peak;
  private long lasted;
  private long without;

  /** Describes the highest value so far and the seconds for which the condition has held. */
  public interface Wording {
    Description describe(double peak, double seconds);
  }

  /** The reason and the measures of an alert. */
  public record Description(String reason, Map<String, Double> measures) {}

  /**
   * @param clear seconds without the condition after which the alert is over
   */
  public SustainedCondition(AlertSink sink, Duration holdFor, Duration clear) {
    this.alert = new CurrentAlert(sink);
    this.holdFor = MediaTime.ticks(holdFor);
    this.clear = MediaTime.ticks(clear);
  }

  /**
   * Takes the value on the next frame.
   *
   * @param value the measured value; higher is worse
   * @param starts the value from which the condition begins
   * @param goesOn the value, not above {@code starts}, from which it goes on
   * @param who the tracks that take part
   */
  public void observe(
      Timestamp now, double value, double starts, double goesOn, List<Track> who, Wording wording) {
    if (observed.blind(now.mediaTime().ticks())) {
      end();
    }
    long elapsed = observed.passes(now.mediaTime().ticks());
    if (value < (alert.ongoing() ? goesOn : starts)) {
      if (alert.ongoing()) {
        without += elapsed;
        lasted += elapsed;
        if (without > (alert.opened() ? clear : GAP)) {
          end();
        }
      }
      return;
    }
    if (!alert.ongoing()) {
      alert.begin(now);
      peak = Double.NEGATIVE_INFINITY;
      lasted = 0;
    } else {
      lasted += elapsed;
    }
    without = 0;
    AlertLifecycle event = alert.event();
    who.forEach(event::addTrack);
    if (value > peak) {
      peak = value;
      event.markChanged();
    }
    Description words = wording.describe(peak, now.secondsSince(event.start()));
    event.sustain(now, lasted >= holdFor, words.reason(), words.measures());
  }

  /** Returns whether the condition holds, whether or not its alert is open. */
  public boolean active() {
    return alert.ongoing();
  }

  /** Closes the alert if it is open; the condition begins anew. */
  public void end() {
    alert.close();
  }
}
