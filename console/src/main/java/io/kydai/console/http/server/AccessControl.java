package io.kydai.console.http.server;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.users.Caller;
import io.kydai.console.users.CameraPlace;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a caller may call an operation, for all of them in one place: by the operation's
 * {@code x-permission} in the contract and, where its path names a camera, on that camera. What a
 * caller may not see does not exist for it: it is answered as what is not there.
 */
public final class AccessControl {
  private static final String CAMERA_PATH = "/api/v1/cameras/{id}";

  /** Hears of refusals, on an event loop. */
  @FunctionalInterface
  public interface RefusalListener {
    void refused(Requester requester, String operation, Permission permission);
  }

  /**
   * What an operation asks of its caller.
   *
   * @param isPublic whether it is answered without a log-in
   * @param permission null where every log-in is enough
   * @param onCamera whether the path's {@code id} is a camera's
   */
  public record Need(
      String operation, boolean isPublic, @Nullable Permission permission, boolean onCamera) {
    /**
     * @param word {@code public}, {@code any} or the name of a permission
     * @param path as the contract writes it
     * @throws IllegalStateException when the word is none of these
     */
    static Need of(String operation, String word, String path) {
      boolean onCamera = path.startsWith(CAMERA_PATH);
      return switch (word) {
        case "public" -> new Need(operation, true, null, false);
        case "any" -> new Need(operation, false, null, onCamera);
        default ->
            new Need(
                operation,
                false,
                Permission.of(word)
                    .orElseThrow(
                        () ->
                            new IllegalStateException(
                                "openapi.json: the x-permission of "
                                    + operation
                                    + " is '"
                                    + word
                                    + "'")),
                onCamera);
      };
    }
  }

  private final Function<CameraId, Optional<CameraPlace>> cameras;
  private final RefusalListener listener;

  /**
   * @param cameras finds where a camera stands; must not wait
   */
  public AccessControl(
      Function<CameraId, Optional<CameraPlace>> cameras, RefusalListener listener) {
    this.cameras = requireNonNull(cameras);
    this.listener = requireNonNull(listener);
  }

  /**
   * @param path the path's parameters
   * @throws Problem 401 without a log-in, 404 for a camera that the caller may not see, 403 where
   *     the permission is missing
   */
  void check(Requester requester, Need need, Map<String, String> path) {
    if (need.isPublic()) {
      return;
    }
    Caller caller = requester.caller();
    if (!caller.valid()) {
      throw unauthenticated();
    }
    Permission permission = need.permission();
    if (permission == null) {
      return;
    }
    if (need.onCamera()) {
      checkCamera(caller, permission, path.getOrDefault("id", ""), requester, need);
    } else if (!caller.may(permission)) {
      throw refuse(requester, need, permission);
    }
  }

  /** A camera that is not there is answered before the request's body is looked at, as well. */
  private void checkCamera(
      Caller caller, Permission permission, String id, Requester requester, Need need) {
    Optional<CameraPlace> place = cameraId(id).flatMap(cameras);
    boolean seen =
        place.isPresent()
            && (caller.may(permission, place.get()) || caller.may(Permission.LIVE, place.get()));
    if (!seen) {
      throw Problem.notFound("camera " + ErrorText.shown(id));
    }
    if (!caller.may(permission, place.get())) {
      throw refuse(requester, need, permission);
    }
  }

  private static Optional<CameraId> cameraId(String id) {
    try {
      return Optional.of(new CameraId(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Problem refuse(Requester requester, Need need, Permission permission) {
    if (requester.caller().actor().kind() != Actor.Kind.ANONYMOUS) {
      listener.refused(requester, need.operation(), permission);
    }
    return Problem.of(403, "This needs the permission '" + permission.wire() + "'.");
  }

  /** Returns the answer to a request that needs a log-in and has none. */
  static Problem unauthenticated() {
    return Problem.of(401, "This needs a log-in.").withHeader("WWW-Authenticate", "Bearer");
  }
}
