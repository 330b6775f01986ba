package io.kydai.console.cameras;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.store.Database;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The handovers of the faults of the node's cameras, which are kept in the database across
 * restarts. The methods may be called on any thread. At most one handover for each camera.
 */
public final class CameraHandovers {
  private static final Duration WELL_AFTER = Duration.ofMinutes(1);

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;
  private final Map<CameraId, CameraHandover> handovers = new ConcurrentHashMap<>();

  /** Creates the collection and reads what is stored. */
  public CameraHandovers(Database database, Clock clock) {
    this.database = requireNonNull(database);
    this.clock = requireNonNull(clock);
    audit = new AuditLog(database, clock);
    stored().forEach(handover -> handovers.put(handover.camera(), handover));
  }

  private List<CameraHandover> stored() {
    return database.inSnapshot(
        db ->
            db.createQuery(
                    "SELECT camera, recipient, note, handed_by, since, fault FROM camera_handover")
                .map(
                    (row, context) ->
                        new CameraHandover(
                            new CameraId(row.getString("camera")),
                            row.getString("recipient"),
                            row.getString("note"),
                            row.getString("handed_by"),
                            Instant.ofEpochMilli(row.getLong("since")),
                            row.getString("fault")))
                .list());
  }

  /** Returns the handover of a camera; empty where there is none. */
  public Optional<CameraHandover> find(CameraId camera) {
    return Optional.ofNullable(handovers.get(camera));
  }

  /**
   * Returns the handovers of faults of cameras that have been live for a minute since, and so are
   * well again. What was handed over while a camera was live is not among them.
   *
   * @param status the state of a camera's connection; empty where it has none
   */
  public List<CameraHandover> over(Function<CameraId, Optional<CameraStatus>> status) {
    Instant before = clock.instant().minus(WELL_AFTER);
    return handovers.values().stream()
        .filter(handover -> handover.fault() != null)
        .filter(
            handover ->
                status
                    .apply(handover.camera())
                    .filter(now -> now.state() == CameraState.LIVE)
                    .filter(now -> now.since().isAfter(handover.since()))
                    .filter(now -> !now.since().isAfter(before))
                    .isPresent())
        .toList();
  }

  /**
   * Stores a handover in the place of the camera's present one, if there is one.
   *
   * @param event what the audit gets in the same transaction
   */
  public synchronized void put(CameraHandover handover, AuditEvent event) {
    database.inTransaction(
        db -> {
          delete(handover.camera(), db);
          db.createUpdate(
                  "INSERT INTO camera_handover (camera, recipient, note, handed_by, since, fault)"
                      + " VALUES (:camera, :to, :note, :by, :since, :fault)")
              .bind("camera", handover.camera().value())
              .bind("to", handover.to())
              .bind("note", handover.note())
              .bind("by", handover.by())
              .bind("since", handover.since().toEpochMilli())
              .bind("fault", handover.fault())
              .execute();
          audit.append(db, event.camera(handover.camera().value()));
          return true;
        });
    handovers.put(handover.camera(), handover);
  }

  /**
   * Ends a handover.
   *
   * @param event what the audit gets in the same transaction
   * @return whether the camera's fault was handed over
   */
  public synchronized boolean end(CameraId camera, AuditEvent event) {
    if (!handovers.containsKey(camera)) {
      return false;
    }
    database.inTransaction(
        db -> {
          delete(camera, db);
          audit.append(db, event.camera(camera.value()));
          return true;
        });
    handovers.remove(camera);
    return true;
  }

  /** Forgets the handover of a camera that was removed. */
  public synchronized void forget(CameraId camera) {
    if (handovers.remove(camera) != null) {
      database.inTransaction(
          db -> {
            delete(camera, db);
            return true;
          });
    }
  }

  private static void delete(CameraId camera, Handle db) {
    db.createUpdate("DELETE FROM camera_handover WHERE camera = :camera")
        .bind("camera", camera.value())
        .execute();
  }
}
