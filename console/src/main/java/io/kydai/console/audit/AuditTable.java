package io.kydai.console.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The entries as rows. Every method works in the caller's transaction. */
final class AuditTable {
  private static final String COLUMNS =
      "number, at, type, actor_kind, actor_id, actor_name, address, request, camera, report, reason,"
          + " details, previous, hash";
  private static final String ALL = "SELECT " + COLUMNS + " FROM audit";

  private AuditTable() {}

  /** The number and the hash of an entry. */
  record Link(long number, String hash) {
    static final Link GENESIS = new Link(0, AuditEntry.GENESIS);
  }

  /** Returns the newest entry's link; {@link Link#GENESIS} when there is none. */
  static Link newest(Handle db) {
    return db.createQuery("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1")
        .map((row, context) -> new Link(row.getLong("number"), row.getString("hash")))
        .findFirst()
        .orElse(Link.GENESIS);
  }

  static void insert(Handle db, AuditEntry entry) {
    Update insert =
        db.createUpdate(
            "INSERT INTO audit ("
                + COLUMNS
                + ") VALUES (:number, :at, :type, :actor_kind, :actor_id, :actor_name, :address,"
                + " :request, :camera, :report, :reason, :details, :previous, :hash)");
    insert.bind("number", entry.number()).bind("at", entry.at().toEpochMilli());
    insert.bind("type", entry.type()).bind("actor_kind", entry.actorKind());
    insert.bind("actor_id", entry.actorId()).bind("actor_name", entry.actorName());
    insert.bind("address", entry.address()).bind("request", entry.request());
    insert.bind("camera", entry.camera()).bind("report", entry.report());
    insert.bind("reason", entry.reason()).bind("details", entry.details());
    insert.bind("previous", entry.previous()).bind("hash", entry.hash());
    insert.execute();
  }

  /** Returns entries newest first, at most the given number. */
  static List<AuditEntry> newestFirst(
      Handle db, AuditFilter filter, @Nullable Long below, int most) {
    StringBuilder sql = new StringBuilder(ALL).append(" WHERE 1 = 1");
    Map<String, Object> values = new TreeMap<>();
    if (below != null) {
      sql.append(" AND number < :below");
      values.put("below", below);
    }
    if (filter.since() != null) {
      sql.append(" AND at >= :since");
      values.put("since", filter.since().toEpochMilli());
    }
    if (filter.until() != null) {
      sql.append(" AND at < :until");
      values.put("until", filter.until().toEpochMilli());
    }
    if (filter.actor() != null) {
      sql.append(" AND (actor_id = :actor OR actor_name = :actor)");
      values.put("actor", filter.actor());
    }
    if (filter.type() != null) {
      sql.append(" AND type = :type");
      values.put("type", filter.type().wire());
    }
    if (filter.camera() != null) {
      sql.append(" AND camera = :camera");
      values.put("camera", filter.camera());
    }
    if (filter.report() != null) {
      sql.append(" AND report = :report");
      values.put("report", filter.report());
    }
    sql.append(" ORDER BY number DESC LIMIT :most");
    Query query = db.createQuery(sql.toString()).bind("most", most);
    values.forEach(query::bind);
    return query.map((row, context) -> entry(row)).list();
  }

  /** Returns entries after a number, oldest first, at most the given number. */
  static List<AuditEntry> after(Handle db, long number, int most) {
    return db.createQuery(ALL + " WHERE number > :number ORDER BY number LIMIT :most")
        .bind("number", number)
        .bind("most", most)
        .map((row, context) -> entry(row))
        .list();
  }

  /**
   * The first and the last number of consecutive entries; the last is smaller when there is none.
   */
  record Span(long first, long last) {}

  /** Returns the entries from the first since a time to the last before another. */
  static Span span(Handle db, @Nullable Instant since, @Nullable Instant until) {
    return new Span(
        number(
            db,
            "SELECT COALESCE(MIN(number), " + Long.MAX_VALUE + ") FROM audit WHERE at >= :time",
            since == null ? Long.MIN_VALUE : since.toEpochMilli()),
        number(
            db,
            "SELECT COALESCE(MAX(number), 0) FROM audit WHERE at < :time",
            until == null ? Long.MAX_VALUE : until.toEpochMilli()));
  }

  private static long number(Handle db, String sql, long time) {
    return db.createQuery(sql).bind("time", time).mapTo(Long.class).one();
  }

  /** Returns the number of the oldest entry; empty when there is none. */
  static Optional<Long> oldest(Handle db) {
    return db.createQuery("SELECT number FROM audit ORDER BY number LIMIT 1")
        .mapTo(Long.class)
        .findFirst();
  }

  /** Returns the time and the link of the oldest entries, at most the given number. */
  static List<Aged> oldest(Handle db, int most) {
    return db.createQuery("SELECT number, at, hash FROM audit ORDER BY number LIMIT :most")
        .bind("most", most)
        .map(
            (row, context) ->
                new Aged(
                    Instant.ofEpochMilli(row.getLong("at")),
                    new Link(row.getLong("number"), row.getString("hash"))))
        .list();
  }

  /** An entry's time and link. */
  record Aged(Instant at, Link link) {}

  /** Removes all entries up to a number. */
  static void removeThrough(Handle db, long number) {
    db.createUpdate("DELETE FROM audit WHERE number <= :number").bind("number", number).execute();
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong("number"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("type"),
        row.getString("actor_kind"),
        row.getString("actor_id"),
        row.getString("actor_name"),
        row.getString("address"),
        row.getString("request"),
        row.getString("camera"),
        row.getString("report"),
        row.getString("reason"),
        row.getString("details"),
        row.getString("previous"),
        row.getString("hash"));
  }
}
