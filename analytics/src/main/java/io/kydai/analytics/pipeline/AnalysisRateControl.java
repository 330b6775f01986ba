package io.kydai.analytics.pipeline;

import static java.util.Objects.requireNonNullElse;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.budget.Attention;
import io.kydai.analytics.budget.Budget;
import io.kydai.analytics.budget.Limit;
import io.kydai.analytics.budget.LookDemand;
import io.kydai.analytics.motion.MotionMap;
import io.kydai.analytics.motion.MotionMeter;
import io.kydai.analytics.motion.PictureMotion;
import io.kydai.analytics.motion.Stillness;
import io.kydai.analytics.motion.UnexplainedMotion;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.tracking.TrackState;
import io.kydai.ingest.media.MediaTime;
import io.kydai.models.detection.Box;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How often one camera's frames are analysed: by its weight in the common budget, by whether
 * anything moves, and by whether what is seen is certain ({@link LookDemand}). An open alert raises
 * the weight {@value #URGENT} times, until {@value #CALM_SECONDS} s after it is closed. Frames come
 * on one thread at a time, and so do observations; the rest is for any thread.
 */
final class AnalysisRateControl implements AutoCloseable {
  static final int URGENT = 3;
  static final int CALM_SECONDS = 10;

  // Above, tracks are found again without.
  private static final double VECTORS_BELOW = 4;
  // An intra picture may be the only one in a second.
  private static final long WITHOUT_VECTORS = MediaTime.ticksOfSeconds(2);

  private final AnalyticsSettings settings;
  private final MotionMeter meter = new MotionMeter();
  private final @Nullable LookDemand demand;
  private final UnexplainedMotion unexplained = new UnexplainedMotion();
  private final Budget.Share share;
  private volatile Attention attention;
  private volatile Stillness stillness;
  // Of the observing thread.
  private final Set<AlertId> openAlerts = new HashSet<>();
  private long urgentUntil = Long.MIN_VALUE;
  private volatile boolean urgent;
  private long lastVectors = Long.MIN_VALUE;
  private volatile double demanded = Double.POSITIVE_INFINITY;

  /**
   * @param demand how often the tracks ask for a look; null where every camera frame that there is
   *     time for is looked at
   */
  AnalysisRateControl(Budget budget, AnalyticsSettings settings, @Nullable LookDemand demand) {
    this.settings = settings;
    this.demand = settings.minFps() < settings.maxFps() ? demand : null;
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
   * Returns whether the stream's motion vectors are of use: for a camera that is looked at as its
   * tracks ask for, and for any that is looked at so seldom that tracks are lost without them.
   */
  boolean wantsVectors() {
    return demand != null || share.fps() < VECTORS_BELOW;
  }

  /** Returns where the next decoded frame moves. */
  MotionMap motion(Frame frame) {
    return demand != null || savesWhenIdle() ? meter.observe(frame) : MotionMap.UNKNOWN;
  }

  private boolean savesWhenIdle() {
    return idleFps(attention) < settings.maxFps();
  }

  /**
   * Takes where the next decoded frame moves.
   *
   * @return whether something has begun to move
   */
  boolean watch(MotionMap motion, long mediaTime) {
    return savesWhenIdle() && stillness.seen(motion, mediaTime);
  }

  /**
   * Takes what is known of the tracks on a picture that may or may not be looked at. On the
   * observing thread.
   *
   * @param tracks asked for the tracks at that picture, where they matter
   */
  void passedOver(PictureMotion picture, Supplier<List<TrackState>> tracks) {
    if (demand != null) {
      List<TrackState> states = tracks.get();
      long time = picture.mediaTime();
      if (!picture.field().isEmpty()) {
        lastVectors = time;
      }
      List<Box> boxes = states.stream().map(TrackState::box).toList();
      boolean appeared = unexplained.appears(picture.map(), boxes, time);
      // A stream without vectors is looked at as often as ever.
      demanded =
          lastVectors != Long.MIN_VALUE && time - lastVectors < WITHOUT_VECTORS
              ? demand.fps(states, appeared)
              : Double.POSITIVE_INFINITY;
    }
  }

  /**
   * A frame is being looked at. On the observing thread, after {@link #passedOver} of the same
   * picture.
   */
  void looks(long mediaTime) {
    unexplained.looked(mediaTime);
  }

  private double useful() {
    double still = stillness.fps(urgent);
    return idle() ? still : Math.max(settings.minFps(), demanded);
  }

  /** The rate for a frame that came, frames per second. */
  double nextFps() {
    return share.arrived(useful(), idle() ? Limit.IDLE : Limit.CERTAIN);
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
