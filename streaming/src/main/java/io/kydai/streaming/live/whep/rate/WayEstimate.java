package io.kydai.streaming.live.whep.rate;

import io.kydai.streaming.live.whep.rate.DelayTrend.Signal;
import io.kydai.streaming.live.whep.rtcp.TransportFeedback;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Numbers a session's packets, and estimates from their arrival what the way carries
 * (draft-ietf-rmcat-gcc-02): the least of two rates.
 *
 * <ul>
 *   <li>By delay (section 5.5): where the queue grows, 0.85 of the rate that arrived in the last
 *       second; where it does not, 8 % a second more, up to 1.5 times what arrived. A camera that
 *       sends little tells little of the way, so that a quiet scene takes nothing away.
 *   <li>By losses of a second (section 6): above 10 % less by half their share, below 2 % 5 % more.
 *       A camera does not send less because of them, so that it ends at 0.85 of what arrives.
 * </ul>
 *
 * <p>There is none in the first half second. Bound: the newest {@value #MOST} packets; a message
 * about older ones tells nothing. One thread at a time.
 */
public final class WayEstimate {
  static final int MOST = 4_096;

  private static final long NONE = -1;
  private static final double MOST_RATE = 1e9;
  private static final double LESS = 0.85;
  private static final double MORE_A_SECOND = 1.08;
  private static final double AHEAD = 1.5;
  private static final double HIGH_LOSS = 0.1;
  private static final double LOW_LOSS = 0.02;
  private static final double MORE_AFTER_LOSS = 1.05;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MICROS_PER_SECOND = 1e6;
  private static final long WINDOW_MICROS = 1_000_000;
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final int BITS = 8;

  private final long[] sentAt = new long[MOST];
  private final int[] sizes = new int[MOST];
  private final int[] numbers = new int[MOST];
  private final long[] arrivedAt = new long[MOST];
  private final int[] arrivedSizes = new int[MOST];
  private final DelayTrend trend = new DelayTrend();
  private int next;
  private int oldest;
  private int arrived;
  private long inWindow;
  private double byDelay = NONE;
  private double byLoss = MOST_RATE;
  private Signal before = Signal.NORMAL;
  private long asked;
  private boolean heard;
  private long lossSince;
  private int told;
  private int lost;
  private double loss;

  /** Creates an estimate of a session that has sent nothing yet. */
  public WayEstimate() {
    Arrays.fill(numbers, -1);
  }

  /**
   * Gives a packet its number in the session, 0 to 65,535.
   *
   * @param nanos the time at which it is sent
   */
  public int number(int bytes, long nanos) {
    int number = next;
    int place = number % MOST;
    numbers[place] = number;
    sentAt[place] = nanos;
    sizes[place] = bytes;
    next = number + 1 & 0xffff;
    return number;
  }

  /** Takes what the receiver says; of a packet that it tells of twice, the first time counts. */
  public void heard(TransportFeedback feedback, long nanos) {
    boolean grows = false;
    long[] arrivals = feedback.arrivals();
    for (int i = 0; i < arrivals.length; i++) {
      int number = feedback.first() + i & 0xffff;
      int place = number % MOST;
      if (numbers[place] != number) {
        continue;
      }
      told++;
      if (arrivals[i] == TransportFeedback.LOST) {
        lost++;
        continue;
      }
      numbers[place] = -1;
      window(arrivals[i], sizes[place]);
      trend.arrived(sentAt[place], arrivals[i]);
      grows |= trend.signal() == Signal.OVERUSE;
    }
    if (!heard) {
      heard = true;
      asked = nanos;
      lossSince = nanos;
    }
    byDelay(grows ? Signal.OVERUSE : trend.signal(), nanos);
    byLoss(nanos);
  }

  /** Keeps what has arrived within the second before the newest packet. */
  private void window(long at, int bytes) {
    if (arrived == MOST) {
      dropOldest();
    }
    int place = (oldest + arrived++) % MOST;
    arrivedAt[place] = at;
    arrivedSizes[place] = bytes;
    inWindow += bytes;
    while (arrived > 1 && Math.abs(at - arrivedAt[oldest]) > WINDOW_MICROS) {
      dropOldest();
    }
  }

  private void dropOldest() {
    inWindow -= arrivedSizes[oldest];
    oldest = (oldest + 1) % MOST;
    arrived--;
  }

  /** Bits a second that arrive; -1 before half a second of them is known. */
  private double received() {
    if (arrived < 2) {
      return NONE;
    }
    long span = arrivedAt[(oldest + arrived - 1) % MOST] - arrivedAt[oldest];
    // The first packet's own time is before the span.
    return span < WINDOW_MICROS / 2
        ? NONE
        : (inWindow - arrivedSizes[oldest]) * BITS * MICROS_PER_SECOND / span;
  }

  private void byDelay(Signal signal, long nanos) {
    double received = received();
    if (received < 0) {
      return;
    }
    double seconds = Math.min(1, (nanos - asked) / NANOS_PER_SECOND);
    asked = nanos;
    double most = Math.min(MOST_RATE, AHEAD * received);
    if (signal == Signal.OVERUSE) {
      byDelay = byDelay < 0 ? LESS * received : Math.min(byDelay, LESS * received);
    } else if (byDelay < 0) {
      byDelay = most;
    } else if (signal == Signal.NORMAL && before == Signal.NORMAL) {
      byDelay = Math.max(byDelay, Math.min(byDelay * Math.pow(MORE_A_SECOND, seconds), most));
    }
    before = signal;
  }

  private void byLoss(long nanos) {
    if (nanos - lossSince < SECOND_NANOS || told == 0) {
      return;
    }
    loss = (double) lost / told;
    if (loss > HIGH_LOSS && byDelay >= 0) {
      byLoss = Math.max(LESS * received(), Math.min(byLoss, byDelay) * (1 - loss / 2));
    } else if (loss < LOW_LOSS) {
      byLoss = Math.min(MOST_RATE, byLoss * MORE_AFTER_LOSS);
    }
    told = 0;
    lost = 0;
    lossSince = nanos;
  }

  /** Returns what the way carries, in bits a second; empty where that is not known yet. */
  public OptionalLong bitsPerSecond() {
    return byDelay < 0 ? OptionalLong.empty() : OptionalLong.of((long) Math.min(byDelay, byLoss));
  }

  /** Returns the share of packets that had not arrived when it was told of them, of a second. */
  double loss() {
    return loss;
  }
}
