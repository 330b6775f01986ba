package io.kydai.console.cases;

import io.kydai.console.cases.ExportedCase.Camera;
import io.kydai.console.cases.ExportedCase.Failure;
import io.kydai.console.cases.ExportedCase.State;
import io.kydai.console.cases.ExportedCase.Wish;
import io.kydai.console.config.camera.PrivacyKeys;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.privacy.Privacy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The SQL of cases. */
final class CaseTable {
  private static final long NANOS = 1_000_000_000L;
  private static final String CASES =
      "SELECT id, title, reason, notes, from_at, to_at, actor, created_at, state, failure,"
          + " finished_at, expires_at, size, sha256, boxes, clock FROM exported_case";

  private CaseTable() {}

  /** A row without its cameras. */
  private record Row(ExportedCase exported) {}

  static void insert(Handle db, ExportedCase one) {
    db.createUpdate(
            "INSERT INTO exported_case (id, title, reason, notes, from_at, to_at, actor,"
                + " created_at, state, attempts, boxes, clock) VALUES (:id, :title, :reason, :notes,"
                + " :from, :to, :actor, :created, :state, 0, :boxes, :clock)")
        .bind("id", one.id())
        .bind("title", one.wish().title())
        .bind("reason", one.wish().reason())
        .bind("notes", one.wish().notes())
        .bind("from", nanos(one.wish().from()))
        .bind("to", nanos(one.wish().to()))
        .bind("actor", one.actor())
        .bind("created", one.createdAt().toEpochMilli())
        .bind("state", word(one.state()))
        .bind("boxes", one.wish().boxes() ? 1 : 0)
        .bind("clock", one.wish().clock() ? 1 : 0)
        .execute();
    int place = 0;
    for (Camera camera : one.wish().cameras()) {
      db.createUpdate(
              "INSERT INTO exported_case_camera (exported_case, place, camera, name,"
                  + " hidden) VALUES (:case, :place, :camera, :name, :hidden)")
          .bind("case", one.id())
          .bind("place", place++)
          .bind("camera", camera.id().value())
          .bind("name", camera.name())
          .bind("hidden", camera.hidden().isEmpty() ? null : PrivacyKeys.toStorage(camera.hidden()))
          .execute();
    }
  }

  /** Returns all cases, the newest first. */
  static List<ExportedCase> all(Handle db) {
    return read(db, db.createQuery(CASES + " ORDER BY id DESC").map((row, c) -> row(row)).list());
  }

  /** Returns the cases of a state, the oldest first. */
  static List<ExportedCase> of(Handle db, State state) {
    return read(
        db,
        db.createQuery(CASES + " WHERE state = :state ORDER BY id")
            .bind("state", word(state))
            .map((row, c) -> row(row))
            .list());
  }

  static Optional<ExportedCase> find(Handle db, String id) {
    return read(
            db,
            db.createQuery(CASES + " WHERE id = :id").bind("id", id).map((r, c) -> row(r)).list())
        .stream()
        .findFirst();
  }

  private static List<ExportedCase> read(Handle db, List<Row> rows) {
    List<ExportedCase> cases = new ArrayList<>();
    for (Row row : rows) {
      ExportedCase one = row.exported();
      List<Camera> cameras =
          db.createQuery(
                  "SELECT camera, name, hidden FROM exported_case_camera WHERE exported_case = :id"
                      + " ORDER BY place")
              .bind("id", one.id())
              .map((r, c) -> camera(r))
              .list();
      Wish wish = one.wish();
      cases.add(
          new ExportedCase(
              one.id(),
              new Wish(
                  wish.title(),
                  wish.reason(),
                  wish.notes(),
                  cameras,
                  wish.from(),
                  wish.to(),
                  wish.boxes(),
                  wish.clock()),
              one.actor(),
              one.createdAt(),
              one.state(),
              one.failure(),
              one.finishedAt(),
              one.expiresAt(),
              one.size(),
              one.sha256()));
    }
    return cases;
  }

  private static Camera camera(ResultSet row) throws SQLException {
    String hidden = row.getString("hidden");
    return new Camera(
        new CameraId(row.getString("camera")),
        row.getString("name"),
        hidden == null ? Privacy.NONE : PrivacyKeys.fromStorage(hidden));
  }

  private static Row row(ResultSet row) throws SQLException {
    String failure = row.getString("failure");
    return new Row(
        new ExportedCase(
            row.getString("id"),
            new Wish(
                row.getString("title"),
                row.getString("reason"),
                row.getString("notes"),
                List.of(),
                time(row.getLong("from_at")),
                time(row.getLong("to_at")),
                row.getInt("boxes") != 0,
                row.getInt("clock") != 0),
            row.getString("actor"),
            Instant.ofEpochMilli(row.getLong("created_at")),
            State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
            failure == null ? null : Failure.valueOf(failure),
            millis(row, "finished_at"),
            millis(row, "expires_at"),
            number(row, "size"),
            row.getString("sha256")));
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  static @Nullable Instant millis(ResultSet row, String column) throws SQLException {
    Long value = number(row, column);
    return value == null ? null : Instant.ofEpochMilli(value);
  }

  /** Counts the cases of some states. */
  static long count(Handle db, State... states) {
    long sum = 0;
    for (State state : states) {
      sum +=
          db.createQuery("SELECT COUNT(*) FROM exported_case WHERE state = :state")
              .bind("state", word(state))
              .mapTo(Long.class)
              .one();
    }
    return sum;
  }

  /** Returns the bytes of all archives that are there. */
  static long bytes(Handle db) {
    return db.createQuery(
            "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM exported_case WHERE state = 'done'")
        .mapTo(Long.class)
        .one();
  }

  /** Lets a case be begun, and returns how often it was; empty where it is gone. */
  static Optional<Integer> begin(Handle db, String id) {
    db.createUpdate(
            "UPDATE exported_case SET state = 'running', attempts = attempts + 1 WHERE id = :id")
        .bind("id", id)
        .execute();
    return db.createQuery("SELECT attempts FROM exported_case WHERE id = :id")
        .bind("id", id)
        .mapTo(Integer.class)
        .findOne();
  }

  /** Lets cases that were being made wait again. */
  static int requeue(Handle db) {
    return db.execute("UPDATE exported_case SET state = 'queued' WHERE state = 'running'");
  }

  /** Records an archive, and returns whether its case is still there. */
  static boolean done(Handle db, String id, Instant at, Instant expires, long size, String sha256) {
    return db.createUpdate(
                "UPDATE exported_case SET state = 'done', finished_at = :at, expires_at = :expires,"
                    + " size = :size, sha256 = :sha256 WHERE id = :id AND state = 'running'")
            .bind("id", id)
            .bind("at", at.toEpochMilli())
            .bind("expires", expires.toEpochMilli())
            .bind("size", size)
            .bind("sha256", sha256)
            .execute()
        == 1;
  }

  static boolean failed(Handle db, String id, Instant at, Failure failure) {
    return db.createUpdate(
                "UPDATE exported_case SET state = 'failed', finished_at = :at, failure = :failure"
                    + " WHERE id = :id AND state IN ('queued', 'running')")
            .bind("id", id)
            .bind("at", at.toEpochMilli())
            .bind("failure", failure.name())
            .execute()
        == 1;
  }

  /** Records that an archive was removed, and returns whether its case had one. */
  static boolean expired(Handle db, String id) {
    return db.createUpdate(
                "UPDATE exported_case SET state = 'expired' WHERE id = :id AND state = 'done'")
            .bind("id", id)
            .execute()
        == 1;
  }

  static void delete(Handle db, String id) {
    for (String table : List.of("case_link", "exported_case_camera")) {
      db.createUpdate("DELETE FROM " + table + " WHERE exported_case = :id")
          .bind("id", id)
          .execute();
    }
    db.createUpdate("DELETE FROM exported_case WHERE id = :id").bind("id", id).execute();
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
  }

  private static Instant time(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }
}
