package io.kydai.analytics.rules.memory;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.scene.Calibration;
import io.kydai.analytics.scene.GroundPoint;
import io.kydai.ingest.media.MediaTime;
import java.util.Optional;

/**
 * The velocity of one object over the ground, in metres per second, from its places of the last
 * seconds.
 *
 * <p>The velocity is the slope of the straight line in weighted least squares through its places
 * over their real times. A standing point is taken to be known to 3 % of the box's height, so a
 * place far away, where that is many metres, weighs little. The standard error follows from these
 * errors, and is larger where places scatter more about the line than they explain. Nothing is
 * claimed from fewer than three places or less than {@value #LEAST_SECONDS} seconds. Keeps {@value
 * #SIZE} places at most; the oldest is overwritten.
 */
public final class GroundVelocity {
  public static final int SIZE = 128;
  public static final double LEAST_SECONDS = 0.6;

  private static final int LEAST_PLACES = 3;
  private static final long SPARSE = MediaTime.ticksOfSeconds(2.2);
  private static final double STANDING_ERROR = 0.03;
  // Metres; no box is placed better, and no place weighs infinitely.
  private static final double BEST = 0.001;

  private final long window;
  private final long[] times = new long[SIZE];
  private final double[] xs = new double[SIZE];
  private final double[] ys = new double[SIZE];
  private final double[] weights = new double[SIZE];
  private int next;
  private int count;

  /**
   * @param window ticks back over which is measured; up to 2.2 seconds where it has too few places
   */
  public GroundVelocity(long window) {
    this.window = window;
  }

  /** The object is seen on a frame. What may be at the horizon is passed over. */
  public void sees(Track track, Observation observation, Calibration ground) {
    Optional<GroundPoint> place = ground.toGround(track.standing());
    double error = ground.error(track.standing(), STANDING_ERROR * track.box().height());
    if (place.isPresent() && Double.isFinite(error)) {
      sees(observation.mediaTime(), place.get(), error);
    }
  }

  public void sees(long time, GroundPoint place, double error) {
    times[next] = time;
    xs[next] = place.x();
    ys[next] = place.y();
    weights[next] = 1 / Math.pow(Math.max(BEST, error), 2);
    next = (next + 1) % SIZE;
    count = Math.min(SIZE, count + 1);
  }

  /** The newest place, if there is one. */
  public Optional<GroundPoint> place() {
    int i = Math.floorMod(next - 1, SIZE);
    return count == 0 ? Optional.empty() : Optional.of(new GroundPoint(xs[i], ys[i]));
  }

  /**
   * The velocity over the window up to the newest place; empty where the places are too few or too
   * close in time.
   */
  public Optional<Velocity> velocity() {
    int n = 0;
    double sum = 0;
    double t = 0;
    double x = 0;
    double y = 0;
    int newest = Math.floorMod(next - 1, SIZE);
    long from = times[newest] - window;
    long oldest = times[newest] - SPARSE;
    for (;
        n < count && (times[back(n)] >= from || n < LEAST_PLACES && times[back(n)] >= oldest);
        n++) {
      int i = back(n);
      sum += weights[i];
      t += weights[i] * seconds(i, newest);
      x += weights[i] * xs[i];
      y += weights[i] * ys[i];
    }
    if (n < LEAST_PLACES || -seconds(back(n - 1), newest) < LEAST_SECONDS) {
      return Optional.empty();
    }
    t /= sum;
    x /= sum;
    y /= sum;
    double tt = 0;
    double tx = 0;
    double ty = 0;
    for (int k = 0; k < n; k++) {
      int i = back(k);
      double dt = seconds(i, newest) - t;
      tt += weights[i] * dt * dt;
      tx += weights[i] * dt * (xs[i] - x);
      ty += weights[i] * dt * (ys[i] - y);
    }
    double vx = tx / tt;
    double vy = ty / tt;
    double scatter = 0;
    for (int k = 0; k < n; k++) {
      int i = back(k);
      double dt = seconds(i, newest) - t;
      double offX = xs[i] - x - vx * dt;
      double offY = ys[i] - y - vy * dt;
      scatter += weights[i] * (offX * offX + offY * offY) / 2;
    }
    // The scatter in units of what the places' own errors explain.
    double excess = Math.max(1, scatter / (n - 2));
    return Optional.of(new Velocity(vx, vy, Math.sqrt(excess / tt)));
  }

  private int back(int k) {
    return Math.floorMod(next - 1 - k, SIZE);
  }

  private double seconds(int i, int newest) {
    return MediaTime.seconds(times[i] - times[newest]);
  }
}
