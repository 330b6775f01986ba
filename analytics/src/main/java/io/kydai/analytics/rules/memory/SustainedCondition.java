package io.kydai.analytics.rules.memory;

import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.lifecycle.AlertLifecycle;
import io.kydai.analytics.rules.lifecycle.AlertSink;
import io.kydai.ingest.media.MediaTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One alert for as long as a condition of a whole place lasts. It begins where a value reaches a
 * threshold and goes on while the value stays above a lower one; it opens after so many watched
 * seconds, and closes after so many without. Seconds without frames count for neither; after five
 * minutes of them, what is seen next is a new happening.
 */
public final class SustainedCondition {
  private static final long GAP = MediaTime.ticksOfSeconds(1);

  private final AlertSink sink;
  private final long holdFor;
  private final long clear;
  private final ObservedTime watch = new ObservedTime();
  private AlertLifecycle happening;
  private double peak;
  private long lasted;
  private long without;

  /** What to tell of the highest value and of the seconds it lasts. */
  public interface Wording {
    Told told(double peak, double seconds);
  }

  /** A reason and its measures. */
  public record Told(String reason, Map<String, Double> measures) {}

  /**
   * @param clear seconds without the condition after which the alert is over
   */
  public SustainedCondition(AlertSink sink, Duration holdFor, Duration clear) {
    this.sink = sink;
    this.holdFor = MediaTime.ticks(holdFor);
    this.clear = MediaTime.ticks(clear);
  }

  /**
   * The next frame.
   *
   * @param value the more, the worse
   * @param starts at which value it begins
   * @param goesOn at which value, not above {@code starts}, it still goes on
   * @param who takes part
   */
  public void observe(
      Timestamp now, double value, double starts, double goesOn, List<Track> who, Wording wording) {
    if (watch.blind(now.mediaTime().ticks())) {
      end();
    }
    long elapsed = watch.passes(now.mediaTime().ticks());
    if (value < (happening == null ? starts : goesOn)) {
      if (happening != null) {
        without += elapsed;
        lasted += elapsed;
        if (without > (happening.opened() ? clear : GAP)) {
          end();
        }
      }
      return;
    }
    if (happening == null) {
      happening = sink.happening(now);
      peak = Double.NEGATIVE_INFINITY;
      lasted = 0;
    } else {
      lasted += elapsed;
    }
    without = 0;
    happening.holds(now);
    who.forEach(happening::joins);
    if (value > peak) {
      peak = value;
      happening.hasNews();
    }
    Told told = wording.told(peak, now.secondsSince(happening.start()));
    happening.tells(told.reason(), told.measures());
    happening.goesOn(now, lasted >= holdFor);
  }

  /** Whether something is going on, told or not. */
  public boolean goesOn() {
    return happening != null;
  }

  public void end() {
    if (happening != null) {
      happening.close();
      happening = null;
    }
  }
}
