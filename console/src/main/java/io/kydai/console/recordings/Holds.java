package io.kydai.console.recordings;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.Database;
import io.kydai.console.store.Ulids;
import io.kydai.ingest.source.CameraId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The holds on recordings. Each change is one transaction with its entry of the audit. Safe for
 * many threads. There are at most {@value #MOST} holds; when there are as many, those that have
 * expired make room, and the next is refused where none has.
 */
public final class Holds {
  public static final int MOST = 10_000;

  private static final String COLUMNS =
      "id, camera, from_at, to_at, reason, actor, created_at, expires_at";

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;
  private final Ulids ids;

  public Holds(Database database, AuditLog audit, Clock clock) {
    this.database = requireNonNull(database);
    this.audit = requireNonNull(audit);
    this.clock = requireNonNull(clock);
    ids = new Ulids(clock);
  }

  /**
   * Holds a span.
   *
   * @return empty when there are too many holds
   */
  public Optional<Hold> add(
      CameraId camera,
      Instant from,
      Instant to,
      String reason,
      @Nullable Instant expiresAt,
      Actor actor,
      RequestOrigin origin) {
    Hold hold =
        new Hold(ids.next(), camera, from, to, reason, actor.name(), clock.instant(), expiresAt);
    return database.inTransaction(db -> insert(db, hold, actor, origin));
  }

  private Optional<Hold> insert(Handle db, Hold hold, Actor actor, RequestOrigin origin) {
    if (count(db) >= MOST) {
      db.createUpdate("DELETE FROM recording_hold WHERE expires_at <= :now")
          .bind("now", StoredValues.nanos(clock.instant()))
          .execute();
      if (count(db) >= MOST) {
        return Optional.empty();
      }
    }
    Instant expires = hold.expiresAt();
    db.createUpdate(
            "INSERT INTO recording_hold ("
                + COLUMNS
                + ") VALUES (:id, :camera, :from, :to, :reason, :actor, :created, :expires)")
        .bind("id", hold.id())
        .bind("camera", hold.camera().value())
        .bind("from", StoredValues.nanos(hold.from()))
        .bind("to", StoredValues.nanos(hold.to()))
        .bind("reason", hold.reason())
        .bind("actor", hold.actor())
        .bind("created", StoredValues.nanos(hold.createdAt()))
        .bind("expires", expires == null ? null : StoredValues.nanos(expires))
        .execute();
    audit.append(db, event(AuditEventType.RECORDING_HELD, hold, actor, origin));
    return Optional.of(hold);
  }

  private static long count(Handle db) {
    return db.createQuery("SELECT COUNT(*) FROM recording_hold").mapTo(Long.class).one();
  }

  private static AuditEvent event(
      AuditEventType type, Hold hold, Actor actor, RequestOrigin origin) {
    return AuditEvent.of(type, actor, origin)
        .camera(hold.camera().value())
        .reason(hold.reason())
        .detail("hold", hold.id())
        .detail("since", hold.from())
        .detail("until", hold.to());
  }

  /** Returns all holds, those that have expired too, the newest first. */
  public List<Hold> list() {
    return database.inSnapshot(
        db ->
            db.createQuery("SELECT " + COLUMNS + " FROM recording_hold ORDER BY id DESC")
                .map((row, context) -> hold(row))
                .list());
  }

  /** Finds a hold. */
  public Optional<Hold> find(String id) {
    return database.inSnapshot(db -> find(db, id));
  }

  private static Optional<Hold> find(Handle db, String id) {
    return db.createQuery("SELECT " + COLUMNS + " FROM recording_hold WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> hold(row))
        .findOne();
  }

  /** Ends a hold; nothing happens when there is none. */
  public void remove(String id, Actor actor, RequestOrigin origin) {
    database.inTransaction(
        db -> {
          Optional<Hold> hold = find(db, id);
          if (hold.isPresent()) {
            db.createUpdate("DELETE FROM recording_hold WHERE id = :id").bind("id", id).execute();
            audit.append(db, event(AuditEventType.RECORDING_RELEASED, hold.get(), actor, origin));
          }
          return hold;
        });
  }

  private static Hold hold(ResultSet row) throws SQLException {
    long expires = row.getLong("expires_at");
    Instant expiresAt = row.wasNull() ? null : StoredValues.time(expires);
    return new Hold(
        row.getString("id"),
        new CameraId(row.getString("camera")),
        StoredValues.time(row.getLong("from_at")),
        StoredValues.time(row.getLong("to_at")),
        row.getString("reason"),
        row.getString("actor"),
        StoredValues.time(row.getLong("created_at")),
        expiresAt);
  }
}
