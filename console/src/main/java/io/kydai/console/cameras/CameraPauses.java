package io.kydai.console.cameras;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.store.Database;
import io.kydai.ingest.source.CameraId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/**
 * The pauses of the node's cameras, which are kept in the database across restarts. The methods may
 * be called on any thread. At most one pause for each camera.
 */
public final class CameraPauses {
  private final Database database;
  private final AuditLog audit;
  private final Clock clock;
  private final Map<CameraId, CameraPause> pauses = new ConcurrentHashMap<>();

  /** Creates the collection and reads what is stored. */
  public CameraPauses(Database database, Clock clock) {
    this.database = requireNonNull(database);
    this.clock = requireNonNull(clock);
    audit = new AuditLog(database, clock);
    stored().forEach(pause -> pauses.put(pause.camera(), pause));
  }

  private List<CameraPause> stored() {
    return database.inSnapshot(
        db ->
            db.createQuery("SELECT camera, reason, paused_by, since, ends FROM camera_pause")
                .map(
                    (row, context) -> {
                      long end = row.getLong("ends");
                      return new CameraPause(
                          new CameraId(row.getString("camera")),
                          row.getString("reason"),
                          row.getString("paused_by"),
                          Instant.ofEpochMilli(row.getLong("since")),
                          row.wasNull() ? null : Instant.ofEpochMilli(end));
                    })
                .list());
  }

  /** Returns the pause of a camera; empty where it is not paused. */
  public Optional<CameraPause> find(CameraId camera) {
    return Optional.ofNullable(pauses.get(camera));
  }

  /** Returns the pauses that have come to their end. */
  public List<CameraPause> over() {
    Instant now = clock.instant();
    return pauses.values().stream()
        .filter(pause -> pause.end().filter(end -> !end.isAfter(now)).isPresent())
        .toList();
  }

  /**
   * Stores a pause in the place of the camera's present one, if there is one.
   *
   * @param event what the audit gets in the same transaction
   */
  public synchronized void put(CameraPause pause, AuditEvent event) {
    database.inTransaction(
        db -> {
          db.createUpdate("DELETE FROM camera_pause WHERE camera = :camera")
              .bind("camera", pause.camera().value())
              .execute();
          db.createUpdate(
                  "INSERT INTO camera_pause (camera, reason, paused_by, since, ends)"
                      + " VALUES (:camera, :reason, :by, :since, :ends)")
              .bind("camera", pause.camera().value())
              .bind("reason", pause.reason())
              .bind("by", pause.by())
              .bind("since", pause.since().toEpochMilli())
              .bind("ends", pause.end().map(Instant::toEpochMilli).orElse(null))
              .execute();
          audit.append(db, event.camera(pause.camera().value()));
          return true;
        });
    pauses.put(pause.camera(), pause);
  }

  /**
   * Ends a pause.
   *
   * @param event what the audit gets in the same transaction
   * @return whether the camera was paused
   */
  public synchronized boolean end(CameraId camera, AuditEvent event) {
    if (!pauses.containsKey(camera)) {
      return false;
    }
    database.inTransaction(
        db -> {
          delete(camera, db);
          audit.append(db, event.camera(camera.value()));
          return true;
        });
    pauses.remove(camera);
    return true;
  }

  /** Forgets the pause of a camera that was removed. */
  public synchronized void forget(CameraId camera) {
    if (pauses.remove(camera) != null) {
      database.inTransaction(
          db -> {
            delete(camera, db);
            return true;
          });
    }
  }

  private static void delete(CameraId camera, Handle db) {
    db.createUpdate("DELETE FROM camera_pause WHERE camera = :camera")
        .bind("camera", camera.value())
        .execute();
  }
}
