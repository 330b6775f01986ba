package io.kydai.console.http.api.camera;

import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.PlaceConfig;
import io.kydai.console.users.CameraPlace;
import io.kydai.ingest.source.CameraId;
import java.util.Optional;
import java.util.Set;

/** Where cameras stand, for the question who may see them. */
public final class CameraPlaces {
  private CameraPlaces() {}

  /** Returns the place of a camera: its groups, and its position where it is given. */
  public static CameraPlace of(CameraConfig camera) {
    Optional<PlaceConfig.Position> position =
        Optional.ofNullable(camera.place()).map(PlaceConfig::position);
    return new CameraPlace(
        camera.id(),
        camera.groups(),
        position.map(PlaceConfig.Position::lat).orElse(null),
        position.map(PlaceConfig.Position::lon).orElse(null));
  }

  /** Returns the place of a camera that is not there any more: it is known by its id alone. */
  public static CameraPlace removed(CameraId camera) {
    return new CameraPlace(camera, Set.of(), null, null);
  }

  /** Returns the place of a camera, whether it is there or was removed. */
  public static CameraPlace of(CameraId camera, Cameras cameras) {
    return cameras.find(camera).map(view -> of(view.config())).orElseGet(() -> removed(camera));
  }
}
