package io.kydai.ingest;

import static io.kydai.ingest.CameraState.BACKING_OFF;
import static io.kydai.ingest.CameraState.CONNECTING;
import static io.kydai.ingest.CameraState.LIVE;
import static io.kydai.ingest.CameraState.STALLED;
import static io.kydai.ingest.CameraState.STOPPED;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The state machine of a camera. It opens no socket itself: it says when to, and when to let go.
 * All calls are made on the executor, whose clock and timers it uses.
 */
final class CameraLife {
  /** What may happen to a camera. */
  enum Event {
    /** An access unit came. */
    UNIT,
    /** None came for as long as the state allows. */
    SILENT,
    /** The connection could not be made, or ended. */
    FAILED,
    /** The camera wants another user or password. */
    REFUSED,
    /** The back-off is over. */
    RETRY,
    /** The camera was removed, or the node is stopping. */
    STOP
  }

  /** Where each event leads; an event without an entry comes too late and changes nothing. */
  static final Map<CameraState, Map<Event, CameraState>> TRANSITIONS =
      Map.of(
          CONNECTING,
          Map.of(
              Event.UNIT, LIVE,
              Event.SILENT, BACKING_OFF,
              Event.FAILED, BACKING_OFF,
              Event.REFUSED, BACKING_OFF,
              Event.STOP, STOPPED),
          LIVE,
          Map.of(
              Event.UNIT, LIVE,
              Event.SILENT, STALLED,
              Event.FAILED, BACKING_OFF,
              Event.REFUSED, BACKING_OFF,
              Event.STOP, STOPPED),
          STALLED,
          Map.of(
              Event.UNIT, LIVE,
              Event.SILENT, BACKING_OFF,
              Event.FAILED, BACKING_OFF,
              Event.REFUSED, BACKING_OFF,
              Event.STOP, STOPPED),
          BACKING_OFF,
          Map.of(
              Event.RETRY, CONNECTING,
              Event.STOP, STOPPED),
          STOPPED,
          Map.of());

  /** What the camera does when its state changes. */
  interface Actions {
    /** Begin an attempt to connect. */
    void connect();

    /** Let go of the connection, or of the attempt. */
    void disconnect();

    /** The state is another one. */
    void changed();
  }

  private final EventExecutor executor;
  private final IngestSettings settings;
  private final BackOff backOff;
  private final Actions actions;

  private CameraState state = CONNECTING;
  private Optional<String> lastError = Optional.empty();
  private long reconnects;
  private Optional<ScheduledFuture<?>> timer = Optional.empty();
  private boolean media;
  private long quietSince;
  private long liveSince;

  /** Log-ins that were refused since the camera was last live. */
  private int refusals;

  CameraLife(EventExecutor executor, IngestSettings settings, BackOff backOff, Actions actions) {
    this.executor = executor;
    this.settings = settings;
    this.backOff = backOff;
    this.actions = actions;
  }

  CameraState state() {
    return state;
  }

  Optional<String> lastError() {
    return lastError;
  }

  /** Attempts after the first. */
  long reconnects() {
    return reconnects;
  }

  /** Begins the first attempt. */
  void start() {
    if (state == CONNECTING) {
      actions.changed();
      actions.connect();
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

  /** An access unit came. */
  void unit() {
    quietSince = now();
    on(Event.UNIT);
  }

  /**
   * The attempt or the connection failed.
   *
   * @param reason a sentence without secrets
   */
  void failed(String reason) {
    if (TRANSITIONS.get(state).containsKey(Event.FAILED)) {
      lastError = Optional.of(reason);
    }
    on(Event.FAILED);
  }

  /**
   * The camera refused the log-in. The next attempt is far away: cameras lock an account that fails
   * too often, and then keep out its owner too.
   *
   * @param reason a sentence without secrets
   */
  void refused(String reason) {
    if (TRANSITIONS.get(state).containsKey(Event.REFUSED)) {
      lastError = Optional.of(reason);
      refusals++;
    }
    on(Event.REFUSED);
  }

  void stop() {
    on(Event.STOP);
  }

  private void on(Event event) {
    CameraState next = TRANSITIONS.get(state).getOrDefault(event, state);
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
      case BACKING_OFF -> backOff(before, event == Event.REFUSED);
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
  }

  private void backOff(CameraState before, boolean refused) {
    actions.disconnect();
    if (before != CONNECTING && now() - liveSince >= settings.steadyTime().toNanos()) {
      backOff.reset();
    }
    schedule(refused ? loginWait() : backOff.next(), () -> on(Event.RETRY));
  }

  /** Doubles with each refusal, up to 32 times the first wait. */
  private Duration loginWait() {
    return settings.loginBackOff().multipliedBy(1L << Math.min(5, refusals - 1));
  }

  private Duration quietLimit() {
    return switch (state) {
      case LIVE -> settings.stallTime();
      case CONNECTING -> media ? settings.keyFrameTime() : settings.stallTime().multipliedBy(2);
      default -> settings.stallTime().multipliedBy(2);
    };
  }

  /** One timer follows all access units: when it fires too early, it is set again. */
  private void watch(Duration delay) {
    schedule(delay, this::checkQuiet);
  }

  private void checkQuiet() {
    Duration left = quietLimit().minusNanos(now() - quietSince);
    if (left.isNegative() || left.isZero()) {
      if (state != LIVE) {
        lastError = Optional.of(silence());
      }
      on(Event.SILENT);
    } else {
      watch(left);
    }
  }

  private String silence() {
    String limit = quietLimit().toMillis() / 1000.0 + " s";
    if (state == STALLED) {
      return "the camera stopped sending: no access unit came for " + limit;
    }
    return media
        ? "the camera sends, but no key frame with its parameter sets came within " + limit
        : "the camera agreed to play and sent nothing for " + limit;
  }

  private void schedule(Duration delay, Runnable task) {
    cancelTimer();
    timer =
        Optional.of(executor.schedule(task, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS));
  }

  private void cancelTimer() {
    timer.ifPresent(running -> running.cancel(false));
    timer = Optional.empty();
  }

  private long now() {
    return executor.ticker().nanoTime();
  }
}
