package io.kydai.streaming.recording;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.rules.settings.Schedule;
import java.time.Duration;

/** Which pictures of a camera are recorded. */
public sealed interface RecordingPlan {
  /** All of them. */
  record Continuous() implements RecordingPlan {}

  /**
   * Those that were taken in the windows of a week, and what is before them up to a key frame.
   *
   * @param times by the wall clock of a time zone, whatever its changes are
   */
  record Scheduled(Schedule times) implements RecordingPlan {
    public Scheduled {
      requireNonNull(times);
    }
  }

  /**
   * Those around alerts: each as long as it is open, at most an hour.
   *
   * @param before what is recorded before an alert began, by media time; 0 to 60 s
   * @param after what is recorded after it ended; 0 or more
   */
  record AroundAlerts(Duration before, Duration after) implements RecordingPlan {
    private static final Duration MOST = Duration.ofSeconds(60);

    /**
     * @throws IllegalArgumentException when a time is out of its range
     */
    public AroundAlerts {
      if (before.isNegative() || after.isNegative() || before.compareTo(MOST) > 0) {
        throw new IllegalArgumentException("times around alerts are 0 or more, before at most 60s");
      }
    }
  }
}
