package io.kydai.console.http.api.camera;

import static java.util.Objects.requireNonNull;

import io.kydai.console.http.answer.Problem;
import io.kydai.console.users.Caller;
import io.kydai.console.users.CameraPlace;
import io.kydai.console.users.Permission;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.live.event.LiveSubscriber;
import io.kydai.streaming.privacy.Privacy;
import io.kydai.streaming.privacy.TranscodeRefusedException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides, in one place for every way out of the system, what of a camera's pictures a caller is
 * shown: all of them, or what is left when masks and blur are applied. Every operation and stream
 * that shows a camera's pictures asks here, and shows no others.
 */
public final class PictureAccess {
  private final Cameras cameras;

  /** Creates the decision for the cameras of a node. */
  public PictureAccess(Cameras cameras) {
    this.cameras = requireNonNull(cameras);
  }

  /**
   * Returns what is hidden from a caller on what a camera shows now; nothing where all is shown.
   */
  public Privacy hidden(Caller caller, CameraId camera) {
    Privacy privacy = cameras.privacy(camera);
    return privacy.isEmpty()
        ? privacy
        : hidden(privacy, caller.may(Permission.UNMASKED, place(camera)));
  }

  /**
   * Returns what is hidden from a caller on what a camera showed.
   *
   * @param at when it was taken; of a span its beginning
   */
  public Privacy hidden(Caller caller, CameraId camera, Instant at) {
    return hidden(
        cameras.privacy(camera),
        caller
            .since(Permission.UNMASKED, place(camera))
            .filter(since -> !since.isAfter(at))
            .isPresent());
  }

  private static Privacy hidden(Privacy privacy, boolean unmasked) {
    return unmasked ? Privacy.NONE : privacy;
  }

  private CameraPlace place(CameraId camera) {
    return CameraPlaces.of(camera, cameras);
  }

  /** Returns whether a caller is shown what a camera sends as it is. */
  public boolean isWhole(Caller caller, CameraId camera) {
    return hidden(caller, camera).isEmpty();
  }

  /**
   * Checks that a caller may be shown what a camera sent from a moment on as it was.
   *
   * @throws Problem 403 where something is hidden from the caller
   */
  public void checkWhole(Caller caller, CameraId camera, Instant from) {
    if (!hidden(caller, camera, from).isEmpty()) {
      throw refused(camera);
    }
  }

  /**
   * Returns the answer to who may see a camera's pictures with masks only, where there are none.
   */
  public static Problem refused(CameraId camera) {
    return Problem.refused(
        "Camera "
            + camera
            + " has masks or blur, and this cannot be shown with them: it needs the permission"
            + " 'unmasked'.",
        Problem.Refusal.of(Permission.UNMASKED, camera));
  }

  /**
   * Shows a camera live.
   *
   * @param whole as {@link #isWhole} said for the caller; the viewing has to end where it says
   *     otherwise later
   * @param wanted as {@link Cameras#watch} has it; what is masked is the analysed stream
   * @return empty when there is no such camera or it has too many viewers
   * @throws Problem 503 where too many cameras are encoded anew for others already
   */
  public Optional<Subscription> watch(
      CameraId camera, boolean whole, @Nullable StreamRole wanted, LiveSubscriber subscriber) {
    if (whole) {
      return cameras.watch(camera, wanted, subscriber);
    }
    try {
      return cameras.watchMasked(camera, subscriber);
    } catch (TranscodeRefusedException e) {
      throw refused(camera, "its pictures have masks or blur for you, and ", e);
    }
  }

  /**
   * Shows a camera live as H.264, for who plays nothing else: the analysed stream as it is where
   * that is H.264, and encoded anew where it is not.
   *
   * @param whole as {@link #watch} has it
   * @return as {@link #watch} has it
   * @throws Problem 503 where too many cameras are encoded anew for others already
   */
  public Optional<Subscription> watchAsH264(
      CameraId camera, boolean whole, LiveSubscriber subscriber) {
    if (!whole || isH264(camera)) {
      return watch(camera, whole, null, subscriber);
    }
    try {
      return cameras.watchTranscoded(camera, subscriber);
    } catch (TranscodeRefusedException e) {
      throw refused(camera, "it does not send H.264, and ", e);
    }
  }

  private boolean isH264(CameraId camera) {
    return cameras
        .find(camera)
        .flatMap(view -> view.status().parameters())
        .filter(parameters -> parameters.codec() == Codec.H264)
        .isPresent();
  }

  private static Problem refused(CameraId camera, String why, TranscodeRefusedException e) {
    return Problem.of(503, "Camera " + camera + ": " + why + e.getMessage())
        .withHeader("Retry-After", "10");
  }
}
