package io.kydai.ingest.camera;

import static io.kydai.ingest.status.CameraState.BACKING_OFF;
import static io.kydai.ingest.status.CameraState.CONNECTING;
import static io.kydai.ingest.status.CameraState.LIVE;
import static io.kydai.ingest.status.CameraState.STALLED;
import static io.kydai.ingest.status.CameraState.STOPPED;
import static java.util.Objects.requireNonNull;

import io.kydai.ingest.status.CameraState;
import java.util.Map;

/** What may happen to a camera, and where it leads: the one table of {@link CameraStateMachine}. */
enum CameraEvent {

  /** An access unit came. */
  UNIT,
  /** None came for as long as the state allows. */
  SILENT,
  /** The connection could not be made, or ended. */
  FAILED,
  /** No connection to the camera's host could be opened. */
  UNREACHABLE,
  /** The camera wants another user or password. */
  REFUSED,
  /** The back-off is over, and it is the camera's turn at its host. */
  RETRY,
  /** The camera was removed, or the node is stopping. */
  STOP;

  /** Where each event leads; an event without an entry comes too late and changes nothing. */
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

  /** Whether it changes anything in that state, or may. */
  boolean concerns(CameraState state) {
    return requireNonNull(TRANSITIONS.get(state)).containsKey(this);
  }

  /** Where it leads from there; the same state when it comes too late. */
  CameraState from(CameraState state) {
    return requireNonNull(TRANSITIONS.get(state)).getOrDefault(this, state);
  }
}
