package io.kydai.ingest.camera;

import static io.kydai.ingest.status.CameraState.BACKING_OFF;
import static io.kydai.ingest.status.CameraState.CONNECTING;
import static io.kydai.ingest.status.CameraState.LIVE;
import static io.kydai.ingest.status.CameraState.STALLED;
import static io.kydai.ingest.status.CameraState.STOPPED;

import io.kydai.ingest.connect.BackOff;
import io.kydai.ingest.connect.Unreachable;
import io.kydai.ingest.status.CameraFault;
import io.kydai.ingest.status.CameraState;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a camera. It opens no socket itself, but calls {@link Actions} to connect
 * and disconnect. All methods are called on the executor, whose ticker and timers are used. The
 * transitions are in {@link CameraEvent}.
 */
final class CameraStateMachine {
  /** The actions that a change of state requires. */
  interface Actions {
    /**
     * Requests to connect from the host's connection limiter; {@link #proceed} must be called when
     * the camera may.
     */
    void awaitTurn();

    /** Starts a connection attempt. */
    void connect();

    /** Closes the connection or ends the attempt. */
    void disconnect();

    /** Called when the state or the last error has changed. */
    void changed();
  }

  private final EventExecutor executor;
  private final IngestSettings settings;
  private final BackOff backOff;
  private final Actions actions;

  private CameraState state = CONNECTING;
  private @Nullable String lastError;
  private @Nullable CameraFault fault;
  private long reconnects;
  private @Nullable ScheduledFuture<?> timer;

  /** The wait before the next attempt, from the change to {@code BACKING_OFF}; null for none. */
  private @Nullable Duration wait;

  private boolean mediaStarted;

  /** The number of skipped bytes since the last access unit, or since the attempt began. */
  private long skippedBytes;

  /**
   * The reason why the pictures since the last usable access unit cannot be decoded; empty for
   * none.
   */
  private String undecodableReason = "";

  private long undecodableAt;

  private boolean awaitingTurn;
  private long lastUnitAt;
  private long liveSince;

  /** The number of rejected authentications since the camera was last live. */
  private int refusals;

  /** Creates a state machine in the state {@code CONNECTING}, which {@link #start} starts. */
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

  /** Returns the kind of the last error. */
  Optional<CameraFault> fault() {
    return Optional.ofNullable(fault);
  }

  /**
   * Returns the wait before the next attempt, from the latest change to {@code BACKING_OFF}; empty
   * where none is scheduled.
   */
  Optional<Duration> waitForAttempt() {
    return Optional.ofNullable(wait);
  }

  /** Ends the wait before the next attempt; does nothing where none is scheduled. */
  void retryNow() {
    if (state == BACKING_OFF && wait != null) {
      cancelTimer();
      awaitTurn();
    }
  }

  /** Returns the number of attempts after the first. */
  long reconnects() {
    return reconnects;
  }

  /** Starts the first attempt. */
  void start() {
    if (state == CONNECTING) {
      actions.changed();
      awaitTurn();
    }
  }

  private void awaitTurn() {
    wait = null;
    awaitingTurn = true;
    actions.awaitTurn();
  }

  /**
   * Called when the camera may connect to its host. Does nothing when the camera does not wait for
   * that.
   */
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

  /**
   * Called when the camera has agreed to play. From now on the silence of the camera is measured.
   */
  void playing() {
    if (state == CONNECTING) {
      lastUnitAt = now();
      watch(quietLimit());
    }
  }

  /** Called when the first video packet arrived. */
  void mediaStarted() {
    mediaStarted = true;
  }

  /** Called when bytes were skipped that were neither a message nor a frame. */
  void bytesSkipped(int bytes) {
    skippedBytes += bytes;
  }

  /**
   * Called when a picture arrived that cannot be decoded. The camera does not count as stalled
   * then, but it is reconnected when no decodable picture arrives for {@link
   * IngestSettings#keyFrameTime}.
   *
   * @param why what is missing; it is written after a colon
   */
  void undecodable(String why) {
    undecodableReason = why;
    undecodableAt = now();
  }

  /** Called when an access unit arrived that can be decoded. */
  void accessUnit() {
    skippedBytes = 0;
    undecodableReason = "";
    lastUnitAt = now();
    on(CameraEvent.UNIT);
  }

  /**
   * Called when the attempt failed or the connection ended.
   *
   * @param reason a sentence without secrets
   */
  void failed(String reason) {
    if (CameraEvent.FAILED.isHandledIn(state)) {
      lastError = reason;
      fault = FailureKinds.of(reason);
    }
    on(CameraEvent.FAILED);
  }

  /**
   * Called when the camera's host cannot be reached, as this camera or another one of the host
   * found out. The host's connection limiter then determines how long to wait.
   *
   * @param reason a sentence without secrets
   */
  void unreachable(String reason) {
    if (CameraEvent.UNREACHABLE.isHandledIn(state)) {
      lastError = reason;
      fault = Unreachable.fault(reason);
      on(CameraEvent.UNREACHABLE);
    } else if (awaitingTurn && state == BACKING_OFF && !reason.equals(lastError)) {
      lastError = reason;
      fault = Unreachable.fault(reason);
      actions.changed();
    }
  }

  /**
   * Called when the camera rejected the user or the password. The next attempt is made only after a
   * long time, because cameras lock an account after several failures, for all its users.
   *
   * @param reason a sentence without secrets
   */
  void loginRefused(String reason) {
    if (CameraEvent.REFUSED.isHandledIn(state)) {
      lastError = reason;
      fault = CameraFault.LOGIN_REFUSED;
      refusals++;
    }
    on(CameraEvent.REFUSED);
  }

  /** Stops the camera permanently. */
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
      case STALLED -> watch(quietLimit().minusNanos(now() - lastUnitAt));
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
    mediaStarted = false;
    skippedBytes = 0;
    undecodableReason = "";
  }

  private void backOff(CameraState before, CameraEvent event) {
    cancelTimer();
    wait = null;
    actions.disconnect();
    if (event == CameraEvent.UNREACHABLE) {
      awaitTurn();
      return;
    }
    if (before != CONNECTING && now() - liveSince >= settings.steadyTime().toNanos()) {
      backOff.reset();
    }
    Duration next = event == CameraEvent.REFUSED ? loginWait() : backOff.next();
    schedule(next, this::awaitTurn);
    wait = next;
  }

  /**
   * Returns the wait after a rejected authentication, which doubles with each one up to 32 times
   * the first wait.
   */
  private Duration loginWait() {
    return settings.loginBackOff().multipliedBy(1L << Math.min(5, refusals - 1));
  }

  private Duration quietLimit() {
    if (state != CONNECTING && isSendingUndecodable()) {
      return settings.keyFrameTime();
    }
    return switch (state) {
      case LIVE -> settings.stallTime();
      case CONNECTING ->
          mediaStarted ? settings.keyFrameTime() : settings.stallTime().multipliedBy(2);
      default -> settings.stallTime().multipliedBy(2);
    };
  }

  /** Returns whether pictures arrived within the stall time, but none that can be decoded. */
  private boolean isSendingUndecodable() {
    return !undecodableReason.isEmpty() && now() - undecodableAt < settings.stallTime().toNanos();
  }

  /**
   * Schedules the check for silence. There is one timer for all access units: when it fires too
   * early, it is scheduled again.
   */
  private void watch(Duration delay) {
    schedule(delay, this::checkQuiet);
  }

  private void checkQuiet() {
    Duration left = quietLimit().minusNanos(now() - lastUnitAt);
    if (!left.isNegative() && !left.isZero()) {
      // The check is repeated, because pictures that cannot be decoded may stop arriving too.
      watch(left.compareTo(settings.stallTime()) < 0 ? left : settings.stallTime());
    } else if (state != CONNECTING && isSendingUndecodable()) {
      failed(
          "the camera sends, but no picture that can be decoded came for "
              + seconds(quietLimit())
              + ": "
              + undecodableReason);
      fault = CameraFault.UNDECODABLE;
    } else {
      if (state != LIVE) {
        lastError = silence();
        fault = silentFault();
      }
      on(CameraEvent.SILENT);
    }
  }

  private CameraFault silentFault() {
    if (skippedBytes > 0) {
      return CameraFault.NOT_RTSP;
    }
    if (state == STALLED) {
      return CameraFault.STOPPED_SENDING;
    }
    return mediaStarted ? CameraFault.UNDECODABLE : CameraFault.NO_MEDIA;
  }

  private String silence() {
    String limit = seconds(quietLimit());
    if (skippedBytes > 0) {
      return "the camera sends something else than RTSP and media: "
          + skippedBytes
          + " bytes were skipped, and no access unit came for "
          + limit;
    }
    if (state == STALLED) {
      return "the camera stopped sending: no access unit came for " + limit;
    }
    return mediaStarted
        ? "the camera sends, but no key frame with its parameter sets came within "
            + limit
            + (undecodableReason.isEmpty() ? "" : ": " + undecodableReason)
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
