package io.kydai.console.http.access;

import static java.util.Objects.requireNonNull;

import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.answer.Problem.Refusal;
import io.kydai.console.users.Caller;
import io.kydai.console.users.CameraPlace;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a caller may call an operation, for all of them in one place: by the operation's
 * {@code x-permission} in the contract and, where its path names a camera, on that camera; and from
 * when on the caller may see what the operation shows, by its {@code x-past}; and whether pictures
 * that it shows as they are may be shown to the caller, by its {@code x-pictures}. What a caller
 * may not see does not exist for it: it is answered as what is not there.
 *
 * <p>Only {@code scripts/bench console} extends it.
 */
public class AccessControl {
  private static final String CAMERA_PATH = "/api/v1/cameras/{id}";

  /**
   * What an operation asks of its caller.
   *
   * @param isPublic whether it is answered without a log-in
   * @param duringSetUp whether it is answered to a log-in whose account has yet to set up its
   *     second factor
   * @param permission null where every log-in is enough
   * @param onCamera whether the path's {@code id} is a camera's
   * @param wholePictures whether it shows a camera's pictures without masks
   */
  public record Need(
      String operation,
      boolean isPublic,
      boolean duringSetUp,
      @Nullable Permission permission,
      boolean onCamera,
      Past past,
      boolean wholePictures) {
    /**
     * @param word {@code public}, {@code log-in}, {@code any} or the name of a permission
     * @param past the operation's {@code x-past}; empty where it has none
     * @param pictures the operation's {@code x-pictures}; empty where it has none
     * @param path as the contract writes it
     * @throws IllegalStateException when a word is none of these
     */
    public static Need of(
        String operation, String word, String past, String pictures, String path) {
      boolean onCamera = path.startsWith(CAMERA_PATH);
      return switch (word) {
        case "public" -> new Need(operation, true, true, null, false, Past.NONE, false);
        case "log-in" -> new Need(operation, false, true, null, false, Past.NONE, false);
        case "any" -> new Need(operation, false, false, null, onCamera, Past.NONE, false);
        default -> {
          Permission permission =
              Permission.of(word)
                  .orElseThrow(
                      () ->
                          new IllegalStateException(
                              "openapi.json: the x-permission of "
                                  + operation
                                  + " is '"
                                  + word
                                  + "'"));
          yield new Need(
              operation,
              false,
              false,
              permission,
              onCamera,
              Past.of(operation, past, permission),
              pictures.equals("whole"));
        }
      };
    }
  }

  private final Function<CameraId, Optional<CameraPlace>> cameras;
  private final BiPredicate<Caller, CameraId> showsWhole;

  /**
   * @param cameras finds where a camera stands; must not wait
   * @param showsWhole whether a caller may be shown a camera's pictures without masks; must not
   *     wait
   */
  public AccessControl(
      Function<CameraId, Optional<CameraPlace>> cameras, BiPredicate<Caller, CameraId> showsWhole) {
    this.cameras = requireNonNull(cameras);
    this.showsWhole = requireNonNull(showsWhole);
  }

  /**
   * @param path the path's parameters
   * @return the moment from which on the caller may see what the operation shows; the epoch for all
   * @throws Problem 401 without a log-in, 404 for a camera that the caller may not see, 403 where
   *     the permission is missing, or reaches not far enough into the past
   */
  public Instant check(Requester requester, Need need, Map<String, String> path) {
    if (need.isPublic()) {
      return Instant.EPOCH;
    }
    Caller caller = requester.caller();
    if (!caller.valid()) {
      throw unauthenticated();
    }
    if (!need.duringSetUp() && !caller.complete()) {
      throw Problem.refused(
          "A role of this account needs a second factor: set it up first.", Refusal.UNKNOWN);
    }
    Permission permission = need.permission();
    if (permission == null) {
      return Instant.EPOCH;
    }
    if (need.onCamera()) {
      return checkCamera(caller, permission, path.getOrDefault("id", ""), need);
    }
    Refusal refusal = Refusal.of(permission);
    if (!caller.may(permission)) {
      throw refused(permission, refusal);
    }
    return checkPast(need, caller.since(permission).orElse(Instant.MAX), refusal);
  }

  /** A camera that is not there is answered before the request's body is looked at, as well. */
  private Instant checkCamera(Caller caller, Permission permission, String id, Need need) {
    CameraPlace place =
        cameraId(id)
            .flatMap(cameras)
            .orElseThrow(() -> Problem.notFound("camera " + ErrorText.shown(id)));
    Refusal refusal = Refusal.of(permission, place.camera());
    if (!caller.may(permission, place)) {
      throw caller.may(Permission.LIVE, place)
          ? refused(permission, refusal)
          : Problem.hidden("camera " + ErrorText.shown(id), refusal);
    }
    if (need.wholePictures() && !showsWhole.test(caller, place.camera())) {
      throw refused(Permission.UNMASKED, Refusal.of(Permission.UNMASKED, place.camera()));
    }
    return checkPast(need, caller.since(permission, place).orElse(Instant.MAX), refusal);
  }

  /**
   * @param from the beginning of the caller's right; the latest time where it is to an agency's
   *     reports only
   */
  private static Instant checkPast(Need need, Instant from, Refusal refusal) {
    if (need.past() == Past.WHOLE && from.isAfter(Instant.EPOCH)) {
      throw Problem.refused(
          "This shows a past that began before your right to it, and cannot be divided.", refusal);
    }
    return from;
  }

  private static Optional<CameraId> cameraId(String id) {
    try {
      return Optional.of(new CameraId(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Problem refused(Permission permission, Refusal refusal) {
    String why =
        permission == Permission.UNMASKED ? "The camera has masks or blur, and this has not. " : "";
    return Problem.refused(why + "This needs the permission '" + permission.wire() + "'.", refusal);
  }

  /** Returns the answer to a request that needs a log-in and has none. */
  public static Problem unauthenticated() {
    return Problem.of(401, "This needs a log-in.").withHeader("WWW-Authenticate", "Bearer");
  }
}
