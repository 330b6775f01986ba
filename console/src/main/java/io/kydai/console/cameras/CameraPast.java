package io.kydai.console.cameras;

import io.kydai.console.store.Database;
import io.kydai.ingest.source.CameraId;
import java.util.List;

/**
 * What is left of cameras: reports, recordings, statistics and entries of the audit are kept by the
 * camera's id, also after it was removed. Whoever sees a camera of that id later sees them.
 */
final class CameraPast {
  private static final List<String> TABLES =
      List.of("report", "recording_segment", "statistic_series", "audit");

  private final Database database;

  CameraPast(Database database) {
    this.database = database;
  }

  /** Returns whether anything is left of a camera of this id. */
  boolean of(CameraId camera) {
    return database.inSnapshot(
        db ->
            TABLES.stream()
                .anyMatch(
                    table ->
                        db.createQuery("SELECT 1 FROM " + table + " WHERE camera = :camera LIMIT 1")
                            .bind("camera", camera.value())
                            .mapTo(Integer.class)
                            .findFirst()
                            .isPresent()));
  }
}
