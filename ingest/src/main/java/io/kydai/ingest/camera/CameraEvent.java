package io.kydai.ingest.camera;

import static io.kydai.ingest.status.CameraState.BACKING_OFF;
import static io.kydai.ingest.status.CameraState.CONNECTING;
import static io.kydai.ingest.status.CameraState.LIVE;
import static io.kydai.ingest.status.CameraState.STALLED;
import static io.kydai.ingest.status.CameraState.STOPPED;
import static java.util.Objects.requireNonNull;

import io.kydai.ingest.status.CameraState;
import java.util.Map;

/** The events of {@link CameraStateMachine}, with its transition table. */
enum CameraEvent {

  /** An access unit arrived that can be decoded. */
  UNIT,
  /** No access unit arrived within the state's time limit. */
  SILENT,
  /** The connection attempt failed, or the connection ended. */
  FAILED,
  /** No connection to the camera's host could be opened. */
  UNREACHABLE,
  /** The camera rejected the user or the password. */
  REFUSED,
  /** The back-off is over, and the camera may connect to its host. */
  RETRY,
  /** The camera was removed, or the node is stopping. */
  STOP;

  /**
   * The next state for each state and event. An event without an entry is too late and changes
   * nothing.
   */
  private static final Map<CameraState, Map<CameraEvent, CameraState>> TRANSITIONS =
      Map.of(
          CONNECTING,
          Map.of(
              UNIT, LIVE,
              SILENT, BACKING_OFF,
              FAILED, BACKING_OFF,
              UNREACHABLE, BACKING_OFF,
              REFUSED, BACKING_OFF,
              STOP, STOPPED),
          LIVE,
          Map.of(
              UNIT, LIVE,
              SILENT, STALLED,
              FAILED, BACKING_OFF,
              REFUSED, BACKING_OFF,
              STOP, STOPPED),
          STALLED,
          Map.of(
              UNIT, LIVE,
              SILENT, BACKING_OFF,
              FAILED, BACKING_OFF,
              REFUSED, BACKING_OFF,
              STOP, STOPPED),
          BACKING_OFF,
          Map.of(
              RETRY, CONNECTING,
              STOP, STOPPED),
          STOPPED,
          Map.of());

  /** Returns whether the transition table has an entry for this event in that state. */
  boolean isHandledIn(CameraState state) {
    return requireNonNull(TRANSITIONS.get(state)).containsKey(this);
  }

  /** Returns the next state; the same state when there is no entry. */
  CameraState from(CameraState state) {
    return requireNonNull(TRANSITIONS.get(state)).getOrDefault(this, state);
  }
}
