package io.kydai.console.cameras;

import static java.util.Objects.requireNonNull;

import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.store.Database;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.privacy.BlurTarget;
import io.kydai.streaming.privacy.Privacy;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What is hidden on each camera's pictures: as the configuration says, of the camera and of the
 * node. Of a camera that had masks or blur when it was removed, all is hidden from then on: nobody
 * knows any more where its masks were. Safe for many threads.
 */
public final class CameraPrivacy {
  private final Database database;
  private final Function<CameraId, Optional<CameraConfig>> configured;
  private final Set<BlurTarget> everywhere;
  private final Set<CameraId> hidden = ConcurrentHashMap.newKeySet();

  /**
   * Reads which cameras had something hidden.
   *
   * @param configured finds a camera that is configured now; must not wait
   * @param everywhere what is blurred on the pictures of every camera
   */
  public CameraPrivacy(
      Database database,
      Function<CameraId, Optional<CameraConfig>> configured,
      Set<BlurTarget> everywhere) {
    this.database = requireNonNull(database);
    this.configured = requireNonNull(configured);
    this.everywhere = Set.copyOf(everywhere);
    hidden.addAll(
        database.inSnapshot(
            db ->
                db.createQuery("SELECT camera FROM masked_camera")
                    .map((row, context) -> new CameraId(row.getString(1)))
                    .list()));
  }

  /** Returns what is hidden on a camera's pictures. Does not wait. */
  public Privacy of(CameraId camera) {
    return configured
        .apply(camera)
        .map(this::of)
        .orElseGet(
            () ->
                (hidden.contains(camera) ? Privacy.EVERYTHING : Privacy.NONE).blurring(everywhere));
  }

  private Privacy of(CameraConfig camera) {
    return camera.privacy().blurring(everywhere);
  }

  /** Remembers whether cameras have something hidden, for the time after they are removed. */
  public void remember(Collection<CameraConfig> cameras) {
    for (CameraConfig camera : cameras) {
      boolean now = !of(camera).isEmpty();
      if (now != hidden.contains(camera.id())) {
        remember(camera.id(), now);
      }
    }
  }

  private void remember(CameraId camera, boolean now) {
    String sql =
        now
            ? "INSERT INTO masked_camera (camera) VALUES (:camera) ON CONFLICT (camera) DO NOTHING"
            : "DELETE FROM masked_camera WHERE camera = :camera";
    database.inTransaction(db -> db.createUpdate(sql).bind("camera", camera.value()).execute());
    if (now) {
      hidden.add(camera);
    } else {
      hidden.remove(camera);
    }
  }
}
