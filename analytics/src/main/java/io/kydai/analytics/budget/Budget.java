package io.kydai.analytics.budget;

import io.kydai.analytics.budget.WeightedMaxMin.Vessel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * How many frames per second of each camera the inference workers have time for. Any thread.
 *
 * <p>Each camera's part of the workers' time is what {@link WeightedMaxMin} gives it by weight,
 * between what {@code minFps} frames of its own cost and what the most that it has use for would:
 * fewer frames than that need not be kept free for a camera that is idle, slow or away. A twentieth
 * of the time is left over, so that a frame that is wanted finds a worker and does not wait for all
 * others. Where even the smallest rates are more than there is time for, the workers' turns decide.
 *
 * <p>The parts are worked out again when a frame comes, at most four times a second; a camera that
 * begins to want more gets its part at the present level at once.
 */
public final class Budget {
  private static final double USED = 0.95;
  private static final long PAUSE_NANOS = Duration.ofMillis(250).toNanos();
  private static final long COUNT_NANOS = Duration.ofSeconds(2).toNanos();
  private static final double NEWEST = 0.1; // of an average that forgets

  private final int workers;
  private final double minFps;
  private final double maxFps;
  private final LongSupplier nanoTime;
  private final Set<Share> shares = new LinkedHashSet<>();
  private double level = Double.POSITIVE_INFINITY;
  private double meanCost;
  private long nextNanos;

  /**
   * @param workers that infer beside each other
   * @param minFps frames per second below which no camera is put
   * @param maxFps frames per second above which no camera is put, at least {@code minFps}
   * @param nanoTime as {@link System#nanoTime}
   */
  public Budget(int workers, double minFps, double maxFps, LongSupplier nanoTime) {
    this.workers = workers;
    this.minFps = minFps;
    this.maxFps = maxFps;
    this.nanoTime = nanoTime;
    this.nextNanos = nanoTime.getAsLong();
  }

  /** One more camera, until its share is closed. */
  public synchronized Share open(double weight) {
    Share share = new Share(weight, nanoTime.getAsLong());
    shares.add(share);
    work();
    return share;
  }

  private void workNowAndThen(long now) {
    if (now - nextNanos >= 0) {
      nextNanos = now + PAUSE_NANOS;
      shares.forEach(share -> share.count(now));
      work();
    }
  }

  private void work() {
    List<Vessel> vessels = new ArrayList<>(shares.size());
    shares.forEach(share -> vessels.add(share.vessel()));
    level = WeightedMaxMin.of(workers * USED, vessels);
    shares.forEach(Share::settle);
  }

  /** One camera's. */
  public final class Share implements AutoCloseable {
    private double weight;
    private double cost; // of a frame, seconds; 0 until one was analysed
    private double useful = maxFps;
    private Limit reason = Limit.IDLE;
    private double arriving = Double.POSITIVE_INFINITY;
    private long counted;
    private long countedSince;
    private double fps = maxFps;

    private Share(double weight, long now) {
      this.weight = weight;
      this.countedSince = now;
    }

    /**
     * A frame came.
     *
     * @param mostFps the frames per second that the camera has use for at the moment, above 0
     * @return frames per second to be analysed
     */
    public double arrived(double mostFps) {
      return arrived(mostFps, Limit.IDLE);
    }

    /**
     * A frame came.
     *
     * @param mostFps the frames per second that the camera has use for at the moment, above 0
     * @param because why that is less than the most that any camera gets, where it is
     * @return frames per second to be analysed
     */
    public double arrived(double mostFps, Limit because) {
      synchronized (Budget.this) {
        reason = because;
        counted++;
        if (arriving == 0) {
          arriving = Double.POSITIVE_INFINITY; // It is back; how many there will be is not known.
        }
        if (useful != Math.min(maxFps, mostFps)) {
          useful = Math.min(maxFps, mostFps);
          settle();
        }
        workNowAndThen(nanoTime.getAsLong());
        return fps;
      }
    }

    /**
     * A frame was analysed.
     *
     * @param nanos the worker's time that it took
     */
    public void spent(long nanos) {
      synchronized (Budget.this) {
        double seconds = Math.max(1, nanos) / 1e9;
        cost += cost == 0 ? seconds : NEWEST * (seconds - cost);
        meanCost += meanCost == 0 ? seconds : NEWEST * (seconds - meanCost);
        workNowAndThen(nanoTime.getAsLong());
      }
    }

    /** Gives the camera another weight, above 0. */
    public void weigh(double other) {
      synchronized (Budget.this) {
        weight = other;
        settle();
      }
    }

    public double weight() {
      synchronized (Budget.this) {
        return weight;
      }
    }

    /** Frames per second to be analysed; the camera may send fewer. */
    public double fps() {
      synchronized (Budget.this) {
        return fps;
      }
    }

    /** Why they are not more. */
    public Limit limit() {
      synchronized (Budget.this) {
        if (arriving < fps) {
          return Limit.CAMERA;
        }
        if (fps < useful) {
          return Limit.BUDGET;
        }
        return useful < maxFps ? reason : Limit.MAXIMUM;
      }
    }

    /** How many come, set anew every few seconds. */
    private void count(long now) {
      if (now - countedSince >= COUNT_NANOS) {
        arriving = counted * 1e9 / (now - countedSince);
        counted = 0;
        countedSince = now;
      }
    }

    private Vessel vessel() {
      double ceiling = Math.min(useful, arriving);
      return new Vessel(
          weight, Math.min(minFps, ceiling) * expectedCost(), ceiling * expectedCost());
    }

    private void settle() {
      double most = expectedCost() == 0 ? useful : level * weight / expectedCost();
      fps = Math.min(useful, Math.max(Math.min(minFps, useful), most));
    }

    private double expectedCost() {
      return cost == 0 ? meanCost : cost;
    }

    @Override
    public void close() {
      synchronized (Budget.this) {
        shares.remove(this);
        work();
      }
    }
  }
}
