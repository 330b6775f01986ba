package io.kydai.ingest.camera;

import static io.kydai.ingest.status.CameraState.BACKING_OFF;
import static io.kydai.ingest.status.CameraState.CONNECTING;
import static io.kydai.ingest.status.CameraState.LIVE;
import static io.kydai.ingest.status.CameraState.STALLED;
import static io.kydai.ingest.status.CameraState.STOPPED;

import io.kydai.ingest.connect.BackOff;
import io.kydai.ingest.status.CameraState;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a camera. It opens no socket itself: it says when to, and when to let go.
 * All calls are made on the executor, whose clock and timers it uses.
 */
final class CameraStateMachine {
  /** What the camera does when its state changes. */
  interface Actions {
    /** Ask the host's gate for a turn; {@link #proceed} is to follow. */
    void awaitTurn();

    /** Begin an attempt to connect. */
    void connect();

    /** Let go of the connection, or of the attempt. */
    void disconnect();

    /** The state is another one, or the last error is. */
    void changed();
  }

  private final EventExecutor executor;
  private final IngestSettings settings;
  private final BackOff backOff;
  private final Actions actions;

  private CameraState state = CONNECTING;
  private @Nullable String lastError;
  private long reconnects;
  private @Nullable ScheduledFuture<?> timer;
  private boolean media;

  /** Bytes that made no sense since the last access unit, or since the attempt began. */
  private long senseless;

  /** Why pictures that came could not be decoded, since the last access unit that could. */
  private String undecodable = "";

  private long undecodableAt;

  private boolean awaitingTurn;
  private long quietSince;
  private long liveSince;

  /** Log-ins that were refused since the camera was last live. */
  private int refusals;

  CameraStateMachine(
      EventExecutor executor, IngestSettings settings, BackOff backOff, Actions actions) {
    this.executor = executor;
    this.settings = settings;
    this.backOff = backOff;
    this.actions = actions;
  }

  CameraState state() {
    return state;
  }

  Optional<String> lastError() {
    return Optional.ofNullable(lastError);
  }

  /** Attempts after the first. */
  long reconnects() {
    return reconnects;
  }

  /** Begins the first attempt. */
  void start() {
    if (state == CONNECTING) {
      actions.changed();
      awaitTurn();
    }
  }

  private void awaitTurn() {
    awaitingTurn = true;
    actions.awaitTurn();
  }

  /** It is the camera's turn at its host; when it waits for none, nothing happens. */
  void proceed() {
    if (awaitingTurn) {
      awaitingTurn = false;
      if (state == CONNECTING) {
        actions.connect();
      } else {
        on(CameraEvent.RETRY);
      }
    }
  }

  /** The camera agreed to play: from now on it must send. */
  void playing() {
    if (state == CONNECTING) {
      quietSince = now();
      watch(quietLimit());
    }
  }

  /** A packet of the track came. */
  void media() {
    media = true;
  }

  /** Bytes came that were neither a message nor a frame. */
  void senseless(int bytes) {
    senseless += bytes;
  }

  /**
   * A picture came, but it cannot be decoded. The camera does not stall then, but a stream that
   * stays so begins anew.
   *
   * @param why what is missing, to stand behind a colon
   */
  void undecodable(String why) {
    undecodable = why;
    undecodableAt = now();
  }

  /** An access unit came that can be decoded. */
  void unit() {
    senseless = 0;
    undecodable = "";
    quietSince = now();
    on(CameraEvent.UNIT);
  }

  /**
   * The attempt or the connection failed.
   *
   * @param reason a sentence without secrets
   */
  void failed(String reason) {
    if (CameraEvent.FAILED.concerns(state)) {
      lastError = reason;
    }
    on(CameraEvent.FAILED);
  }

  /**
   * The camera's host cannot be reached, as this camera or another one behind it found out. How
   * long to wait is up to the host's gate then.
   *
   * @param reason a sentence without secrets
   */
  void unreachable(String reason) {
    if (CameraEvent.UNREACHABLE.concerns(state)) {
      lastError = reason;
      on(CameraEvent.UNREACHABLE);
    } else if (awaitingTurn && state == BACKING_OFF && !reason.equals(lastError)) {
      lastError = reason;
      actions.changed();
    }
  }

  /**
   * The camera refused the log-in. The next attempt is far away: cameras lock an account that fails
   * too often, and then keep out its owner too.
   *
   * @param reason a sentence without secrets
   */
  void refused(String reason) {
    if (CameraEvent.REFUSED.concerns(state)) {
      lastError = reason;
      refusals++;
    }
    on(CameraEvent.REFUSED);
  }

  void stop() {
    on(CameraEvent.STOP);
  }

  private void on(CameraEvent event) {
    CameraState next = event.from(state);
    if (next == state) {
      return;
    }
    CameraState before = state;
    state = next;
    switch (next) {
      case CONNECTING -> reconnect();
      case LIVE -> {
        if (before == CONNECTING) {
          liveSince = now();
          refusals = 0;
        }
        watch(quietLimit());
      }
      case STALLED -> watch(quietLimit().minusNanos(now() - quietSince));
      case BACKING_OFF -> backOff(before, event);
      case STOPPED -> {
        cancelTimer();
        actions.disconnect();
      }
    }
    actions.changed();
    if (next == CONNECTING) {
      actions.connect();
    }
  }

  private void reconnect() {
    reconnects++;
    media = false;
    senseless = 0;
    undecodable = "";
  }

  private void backOff(CameraState before, CameraEvent event) {
    cancelTimer();
    actions.disconnect();
    if (event == CameraEvent.UNREACHABLE) {
      awaitTurn();
      return;
    }
    if (before != CONNECTING && now() - liveSince >= settings.steadyTime().toNanos()) {
      backOff.reset();
    }
    schedule(event == CameraEvent.REFUSED ? loginWait() : backOff.next(), this::awaitTurn);
  }

  /** Doubles with each refusal, up to 32 times the first wait. */
  private Duration loginWait() {
    return settings.loginBackOff().multipliedBy(1L << Math.min(5, refusals - 1));
  }

  private Duration quietLimit() {
    if (state != CONNECTING && isSendingUndecodable()) {
      return settings.keyFrameTime();
    }
    return switch (state) {
      case LIVE -> settings.stallTime();
      case CONNECTING -> media ? settings.keyFrameTime() : settings.stallTime().multipliedBy(2);
      default -> settings.stallTime().multipliedBy(2);
    };
  }

  /** Whether pictures came just now, though none that can be decoded. */
  private boolean isSendingUndecodable() {
    return !undecodable.isEmpty() && now() - undecodableAt < settings.stallTime().toNanos();
  }

  /** One timer follows all access units: when it fires too early, it is set again. */
  private void watch(Duration delay) {
    schedule(delay, this::checkQuiet);
  }

  private void checkQuiet() {
    Duration left = quietLimit().minusNanos(now() - quietSince);
    if (!left.isNegative() && !left.isZero()) {
      // Pictures that cannot be decoded may cease too.
      watch(left.compareTo(settings.stallTime()) < 0 ? left : settings.stallTime());
    } else if (state != CONNECTING && isSendingUndecodable()) {
      failed(
          "the camera sends, but nothing that can be decoded came for "
              + seconds(quietLimit())
              + ": "
              + undecodable);
    } else {
      if (state != LIVE) {
        lastError = silence();
      }
      on(CameraEvent.SILENT);
    }
  }

  private String silence() {
    String limit = seconds(quietLimit());
    if (senseless > 0) {
      return "the camera sends something else than RTSP and pictures: "
          + senseless
          + " bytes made no sense, and no access unit came for "
          + limit;
    }
    if (state == STALLED) {
      return "the camera stopped sending: no access unit came for " + limit;
    }
    return media
        ? "the camera sends, but no key frame with its parameter sets came within "
            + limit
            + (undecodable.isEmpty() ? "" : ": " + undecodable)
        : "the camera agreed to play and sent nothing for " + limit;
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1000.0 + " s";
  }

  private void schedule(Duration delay, Runnable task) {
    cancelTimer();
    timer = executor.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
  }

  private void cancelTimer() {
    ScheduledFuture<?> running = timer;
    if (running != null) {
      running.cancel(false);
      timer = null;
    }
  }

  private long now() {
    return executor.ticker().nanoTime();
  }
}
