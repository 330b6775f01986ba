package io.kydai.streaming.recording;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.MediaTime;
import io.kydai.streaming.evidence.PreRollBuffer;
import io.kydai.streaming.recording.RecordingPlan.AroundAlerts;
import io.kydai.streaming.recording.RecordingPlan.Continuous;
import io.kydai.streaming.recording.RecordingPlan.Scheduled;
import io.kydai.streaming.recording.index.Gap.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records what a plan wants of one stream of a camera. Everything is called on the camera's
 * executor.
 *
 * <p>While nothing is recorded the newest past is kept: for a schedule up to the key frame before,
 * so that a window has its first second; around alerts for the time before them and 30 s more, for
 * rules that wait before they open an alert. It holds at most {@link PreRollBuffer#MAX_BYTES},
 * which are the pictures that evidence keeps too, and begins anew where a recording ends, so that
 * no picture is recorded twice.
 *
 * <p>The time that is not wanted is a gap with the reason {@link Reason#NOT_SCHEDULED} or {@link
 * Reason#NO_ALERT}, which the index hears of every minute while it lasts. An alert that stays open
 * is recorded for an hour; of more than {@value #MOST_ALERTS} at a time further ones count as if
 * they ended at once.
 */
public final class PlannedRecorder {
  private static final Duration BEFORE_OPENING = Duration.ofSeconds(30);
  private static final Duration SILENCE = Duration.ofSeconds(10);
  private static final Duration AWAY = Duration.ofSeconds(2);
  private static final Duration TELL_EVERY = Duration.ofMinutes(1);
  private static final long LONGEST_ALERT = MediaTime.ticksOfSeconds(3600);
  private static final int MOST_ALERTS = 256;

  private final CameraRecorder recorder;
  private final Clock clock;
  private final LongSupplier nanos;
  private RecordingPlan plan;
  private PreRollBuffer past;
  private State state = State.NEW;
  private long lastUnitAt;
  private long lastTime;
  private Instant lastWallClock = Instant.EPOCH;
  private long toldAt;

  /** The media time up to which the camera is recorded around alerts that ended. */
  private long wantedUntil = Long.MIN_VALUE;

  private final Map<AlertId, Long> openSince = new HashMap<>();

  private enum State {
    NEW,
    RECORDING,
    IDLE
  }

  PlannedRecorder(CameraRecorder recorder, RecordingPlan plan, Clock clock, LongSupplier nanos) {
    this.recorder = recorder;
    this.plan = plan;
    this.clock = clock;
    this.nanos = nanos;
    past = pastOf(plan);
    lastUnitAt = nanos.getAsLong();
    toldAt = lastUnitAt;
  }

  private static PreRollBuffer pastOf(RecordingPlan plan) {
    long ticks =
        plan instanceof AroundAlerts alerts
            ? MediaTime.ticks(alerts.before().plus(BEFORE_OPENING))
            : 0;
    return new PreRollBuffer(ticks, PreRollBuffer.MAX_BYTES);
  }

  /** Records by another plan from the next picture on. */
  public void plan(RecordingPlan next) {
    if (!next.equals(plan)) {
      if (next instanceof AroundAlerts || plan instanceof AroundAlerts) {
        past = pastOf(next);
      }
      plan = next;
      openSince.clear();
      wantedUntil = Long.MIN_VALUE;
      if (state == State.IDLE) {
        state = State.NEW; // Nothing is recorded for another reason from now on.
      }
    }
  }

  /** Takes the next access unit, in decoding order. */
  public void add(AccessUnit unit) {
    lastUnitAt = nanos.getAsLong();
    lastTime = unit.mediaTime();
    lastWallClock = unit.wallClock();
    boolean wanted = wants(unit.wallClock());
    if (wanted && state == State.RECORDING) {
      recorder.add(unit);
    } else if (wanted && plan instanceof Continuous) {
      state = State.RECORDING;
      recorder.resume();
      recorder.add(unit);
    } else {
      if (!wanted && state != State.IDLE) {
        stop(unit.wallClock());
      }
      past.add(unit);
      if (wanted) {
        start(unit.mediaTime());
      }
    }
  }

  /** Takes sound, which is recorded while pictures are; the past of an alert has none. */
  public void add(AudioFrame frame) {
    recorder.add(frame);
  }

  /** Records no sound from now on. */
  public void withoutSound() {
    recorder.withoutSound();
  }

  private boolean wants(Instant at) {
    if (plan instanceof Scheduled scheduled) {
      return scheduled.times().contains(at);
    }
    return plan instanceof Continuous || isAroundAlert();
  }

  private boolean isAroundAlert() {
    openSince.values().removeIf(since -> lastTime - since > LONGEST_ALERT);
    return !openSince.isEmpty() || lastTime <= wantedUntil;
  }

  /** Records the past from a media time on, up to and with the newest picture. */
  private void start(long from) {
    List<AccessUnit> units = past.picturesFrom(from);
    if (units.isEmpty()) {
      return; // There is no key frame yet.
    }
    past.clear();
    state = State.RECORDING;
    recorder.resume();
    units.forEach(recorder::add);
  }

  private void stop(Instant since) {
    state = State.IDLE;
    past.clear();
    recorder.suspend(plan instanceof AroundAlerts ? Reason.NO_ALERT : Reason.NOT_SCHEDULED, since);
    toldAt = nanos.getAsLong();
  }

  /** Takes what happens to one of the camera's alerts, whose times are this stream's. */
  public void onAlert(Alert alert) {
    onAlert(alert, alert.span().start().mediaTime().ticks());
  }

  /**
   * Takes what happens to one of the camera's alerts, whose times are those of its other stream:
   * its beginning is found by the wall clock.
   */
  public void onAlertOfOther(Alert alert) {
    Duration ago = Duration.between(alert.span().start().wallClock(), lastWallClock);
    onAlert(alert, lastTime - MediaTime.ticks(ago));
  }

  private void onAlert(Alert alert, long began) {
    if (!(plan instanceof AroundAlerts around)) {
      return;
    }
    if (alert.phase() == Alert.Phase.CLOSED) {
      openSince.remove(alert.id());
    } else if (openSince.size() < MOST_ALERTS) {
      openSince.putIfAbsent(alert.id(), lastTime);
    }
    wantedUntil = Math.max(wantedUntil, lastTime + MediaTime.ticks(around.after()));
    if (state != State.RECORDING) {
      start(began - MediaTime.ticks(around.before()));
    }
  }

  /** Does what is due without a picture. To be called several times a second. */
  void tick() {
    recorder.tick();
    long now = nanos.getAsLong();
    Instant wall = clock.instant();
    if (now - lastUnitAt >= AWAY.toNanos()) {
      withoutCamera(wall, now - lastUnitAt);
    }
    if (state == State.IDLE && now - toldAt >= TELL_EVERY.toNanos()) {
      toldAt = now;
      recorder.tellGapSoFar(wall);
    }
  }

  /** A camera that is away is not recorded for another reason than one that is not wanted. */
  private void withoutCamera(Instant now, long awayNanos) {
    if (plan instanceof AroundAlerts around) {
      if (state == State.RECORDING && awayNanos > around.after().plus(SILENCE).toNanos()) {
        stop(now);
      } else if (state == State.NEW) {
        stop(now);
      }
      return;
    }
    boolean wanted = wants(now);
    if (!wanted && state != State.IDLE) {
      stop(now);
    } else if (wanted && state == State.IDLE) {
      state = State.RECORDING;
      recorder.suspend(Reason.CAMERA_LOST, now);
      recorder.resume();
    }
  }

  /** Ends the file with what there is. */
  public void end() {
    recorder.end();
  }

  /** The newest file, also after its end; null when there was none. For any thread. */
  @Nullable SegmentWriter newest() {
    return recorder.newest();
  }
}
