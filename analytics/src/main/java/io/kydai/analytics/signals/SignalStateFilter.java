package io.kydai.analytics.signals;

import io.kydai.analytics.rules.settings.SignalFeed.Light;
import io.kydai.ingest.media.MediaTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What many glances at one signal head are worth. A light is believed once it has been seen for 0.3
 * s on two pictures at least, or for 1 s where it does not follow on the one before (red on green
 * without amber, which some countries have). It is believed through up to 0.45 s, and one picture,
 * without a clear light, because lamps of diodes flicker against the shutter; so a lamp that
 * flashes on purpose is none that shows. While another light seems to be coming, nothing is said.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><th>what</th><th>bound</th><th>beyond it</th></tr>
 * <tr><td>changes remembered</td><td>{@value #MAX_CHANGES}</td><td>the oldest is forgotten; times
 *     before it are not known</td></tr>
 * <tr><td>the wall clock's way beside the media time's</td><td>0.5 s</td><td>the clock was set:
 *     nothing is known until a light is seen anew</td></tr>
 * <tr><td>time without pictures</td><td>2 s</td><td>nothing is known until a light is seen
 *     anew</td></tr>
 * <tr><td>time without a change</td><td>10 min</td><td>nothing is known until it changes</td></tr>
 * </table>
 *
 * Times are the stream's media time but for what people ask by, the wall clock. Not thread-safe.
 */
final class SignalStateFilter {
  static final int MAX_CHANGES = 32;
  static final Duration GAP = Duration.ofSeconds(2);

  private static final long CONFIRM = MediaTime.ticksOfMillis(300);
  private static final long CONFIRM_UNUSUAL = MediaTime.ticksOfSeconds(1);
  private static final long UNUSUAL_WITHIN = MediaTime.ticksOfSeconds(5);
  private static final long FLICKER = MediaTime.ticksOfMillis(450);
  private static final long SLOWEST = MediaTime.ticksOfMillis(500);
  private static final long GAP_TICKS = MediaTime.ticks(GAP);
  private static final long SET = MediaTime.ticksOfMillis(500);

  /** A camera's clock and the node's differ by less than one part in so many. */
  private static final long CLOCKS_DIFFER = 1_000;

  private static final long STUCK = MediaTime.ticksOfSeconds(600);

  /**
   * From when on this was believed.
   *
   * @param light null where nothing was
   */
  record Change(@Nullable Light light, Instant since) {}

  private final ArrayDeque<Change> changes = new ArrayDeque<>();
  private @Nullable Light now;
  private @Nullable Light before;
  private long lastLit;
  private Instant lastLitWall = Instant.MIN;
  private long other;
  private @Nullable Light coming;
  private int comingCount;
  private long comingSince;
  private long comingLast;
  private Instant comingWall = Instant.MAX;
  private boolean begun;
  private long last;
  private Instant lastWall = Instant.MIN;

  /** The next picture. */
  void see(LampReading glance, long mediaTime, Instant wallClock) {
    long step = mediaTime - last;
    if (begun && (step <= 0 || step > GAP_TICKS)) {
      become(null, lastWall);
      before = null;
      forgetComing();
    }
    if (begun && setSince(step, wallClock)) {
      changes.clear(); // The clock was set: what is remembered has other times.
      become(null, wallClock);
      forgetComing();
    }
    long patience = FLICKER + Math.min(Math.max(step, 0), SLOWEST);
    begun = true;
    last = mediaTime;
    lastWall = wallClock;
    Light light = glance.light().orElse(null);
    if (light != null && light == now) {
      lastLit = mediaTime;
      lastLitWall = wallClock;
      forgetComing();
    } else if (light != null) {
      comes(light, mediaTime, wallClock);
    } else if (coming != null && mediaTime - comingLast > patience) {
      forgetComing();
    }
    if (now != null && mediaTime - lastLit > patience) {
      become(null, lastLitWall.plusNanos(1));
    }
  }

  /**
   * Returns whether the wall clock went another way than the media time since the last picture.
   * Where the media time began anew, only a step back can be detected.
   */
  private boolean setSince(long step, Instant wallClock) {
    long passed = MediaTime.ticks(Duration.between(lastWall, wallClock));
    return step <= 0 ? passed < -SET : Math.abs(passed - step) > SET + step / CLOCKS_DIFFER;
  }

  private void comes(Light light, long mediaTime, Instant wallClock) {
    if (light != coming) {
      coming = light;
      comingCount = 0;
      comingSince = mediaTime;
      comingWall = wallClock;
    }
    comingCount++;
    comingLast = mediaTime;
    Light former = before;
    boolean unusual =
        former != null && mediaTime - lastLit <= UNUSUAL_WITHIN && !follows(former, light);
    long needed = unusual ? CONFIRM_UNUSUAL : CONFIRM;
    if (comingCount >= 2 && mediaTime - comingSince >= needed) {
      if (light != before) {
        other = comingSince;
      }
      become(light, comingWall);
      before = light;
      lastLit = mediaTime;
      lastLitWall = wallClock;
      forgetComing();
    }
  }

  private static boolean follows(Light before, Light after) {
    return switch (before) {
      case RED -> after != Light.AMBER;
      case AMBER -> after != Light.GREEN;
      case GREEN -> after != Light.RED;
    };
  }

  private void forgetComing() {
    coming = null;
    comingWall = Instant.MAX;
  }

  private void become(@Nullable Light light, Instant since) {
    now = light;
    while (!changes.isEmpty() && !changes.getLast().since().isBefore(since)) {
      changes.removeLast();
    }
    changes.addLast(new Change(light, since));
    if (changes.size() > MAX_CHANGES) {
      changes.removeFirst();
    }
  }

  /** What it showed then, with the time since when; empty where that is not known. */
  Optional<Change> at(Instant when) {
    if (!begun || stuck() || when.isAfter(lastWall.plus(GAP)) || !when.isBefore(comingWall)) {
      return Optional.empty();
    }
    Iterator<Change> newestFirst = changes.descendingIterator();
    while (newestFirst.hasNext()) {
      Change change = newestFirst.next();
      if (!change.since().isAfter(when)) {
        return change.light() != null ? Optional.of(change) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Returns whether it has shown the same for so long that it is broken, or is no signal. */
  boolean stuck() {
    return now != null && last - other > STUCK;
  }

  /** How many changes are remembered. */
  int changes() {
    return changes.size();
  }

  /** The newest picture's time; {@link Instant#MIN} where there was none. */
  Instant newest() {
    return lastWall;
  }
}
