package io.kydai.analytics.pipeline;

import static java.util.Objects.requireNonNullElse;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.budget.Attention;
import io.kydai.analytics.budget.Budget;
import io.kydai.analytics.motion.MotionMeter;
import io.kydai.analytics.motion.Stillness;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.ingest.media.MediaTime;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How often one camera's frames are analysed: by its weight in the common budget, and by whether
 * anything moves. An open alert raises the weight {@value #URGENT} times, until {@value
 * #CALM_SECONDS} s after it is closed. Frames come on one thread at a time, and so do observations;
 * the rest is for any thread.
 */
final class AnalysisRateControl implements AutoCloseable {
  static final int URGENT = 3;
  static final int CALM_SECONDS = 10;

  private final AnalyticsSettings settings;
  private final MotionMeter meter = new MotionMeter();
  private final Budget.Share share;
  private volatile Attention attention;
  private volatile Stillness stillness;
  // Of the observing thread.
  private final Set<AlertId> openAlerts = new HashSet<>();
  private long urgentUntil = Long.MIN_VALUE;
  private volatile boolean urgent;

  AnalysisRateControl(Budget budget, AnalyticsSettings settings) {
    this.settings = settings;
    this.attention = Attention.DEFAULT;
    this.stillness = stillness(attention);
    this.share = budget.open(attention.priority());
  }

  private Stillness stillness(Attention wanted) {
    return new Stillness(idleFps(wanted));
  }

  private double idleFps(Attention wanted) {
    return requireNonNullElse(wanted.idleFps(), settings.idleFps());
  }

  /** What an operator wants from now on. */
  void attend(Attention wanted) {
    boolean sameRate = Objects.equals(wanted.idleFps(), attention.idleFps());
    attention = wanted;
    if (!sameRate) {
      stillness = stillness(wanted);
    }
    share.weigh(weight());
  }

  /**
   * Looks at the next decoded frame.
   *
   * @return whether something has begun to move
   */
  boolean watch(Frame frame) {
    return idleFps(attention) < settings.maxFps()
        && stillness.seen(meter.observe(frame), frame.mediaTime());
  }

  /** The rate for a frame that came, frames per second. */
  double nextFps() {
    return share.arrived(stillness.fps(urgent));
  }

  /** Returns whether the rate is low because nothing moves. */
  boolean idle() {
    return stillness.fps(urgent) < settings.maxFps();
  }

  /**
   * A frame was analysed.
   *
   * @param nanos the worker's time that it took
   */
  void analysed(Observation observation, List<Alert> alerts, long nanos) {
    stillness.observed(observation);
    told(alerts);
    if (!openAlerts.isEmpty() || !alerts.isEmpty()) {
      urgentUntil = observation.mediaTime() + MediaTime.ticksOfSeconds(CALM_SECONDS);
    }
    urgent = observation.mediaTime() < urgentUntil;
    share.weigh(weight());
    share.spent(nanos);
  }

  /** Records that alerts were reported, by a frame or without one. On the observing thread. */
  void told(List<Alert> alerts) {
    for (Alert alert : alerts) {
      if (alert.phase() == Alert.Phase.CLOSED) {
        openAlerts.remove(alert.id());
      } else {
        openAlerts.add(alert.id());
      }
    }
  }

  /** The camera's weight at the moment. */
  double weight() {
    return attention.priority() * (urgent ? URGENT : 1);
  }

  Budget.Share share() {
    return share;
  }

  @Override
  public void close() {
    share.close();
  }
}
