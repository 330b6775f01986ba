package io.kydai.console.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The groups of events as rows. Every method works in the caller's transaction. */
final class AuditGroupTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AuditGroupTable() {}

  /** Writes a group, whether it has a row or not. */
  static void put(Handle db, AuditGroups.Saved group) {
    int rows =
        db.createUpdate(
                "UPDATE audit_group SET begun = :begun, last = :last, events = :events WHERE id = :id")
            .bind("begun", group.since().toEpochMilli())
            .bind("last", group.until().toEpochMilli())
            .bind("events", group.count())
            .bind("id", group.id())
            .execute();
    if (rows == 0) {
      insert(db, group);
    }
  }

  private static void insert(Handle db, AuditGroups.Saved group) {
    AuditEvent event = group.event();
    Update insert =
        db.createUpdate(
            "INSERT INTO audit_group (id, type, actor_kind, actor_id, actor_name, address, request,"
                + " camera, report, details, begun, last, events) VALUES (:id, :type, :actor_kind,"
                + " :actor_id, :actor_name, :address, :request, :camera, :report, :details, :begun,"
                + " :last, :events)");
    insert.bind("id", group.id()).bind("type", event.type().wire());
    insert.bind("actor_kind", event.actor().kind().name()).bind("actor_id", event.actor().id());
    insert.bind("actor_name", event.actor().name()).bind("address", event.origin().address());
    insert.bind("request", event.origin().requestId()).bind("camera", event.camera());
    insert.bind("report", event.report()).bind("details", event.detailsJson());
    insert.bind("begun", group.since().toEpochMilli());
    insert.bind("last", group.until().toEpochMilli()).bind("events", group.count());
    insert.execute();
  }

  static void remove(Handle db, String id) {
    db.createUpdate("DELETE FROM audit_group WHERE id = :id").bind("id", id).execute();
  }

  /** Returns all groups in the order in which they began. */
  static List<AuditGroups.Saved> all(Handle db) {
    return db
        .createQuery("SELECT * FROM audit_group ORDER BY id")
        .map((row, context) -> group(row))
        .list()
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** Returns a row's group; empty when a newer version wrote one of a type that is not known. */
  private static Optional<AuditGroups.Saved> group(ResultSet row) throws SQLException {
    Optional<AuditEventType> type = AuditEventType.of(row.getString("type"));
    if (type.isEmpty()) {
      return Optional.empty();
    }
    AuditEvent event =
        new AuditEvent(
            type.get(),
            new Actor(
                Actor.Kind.valueOf(row.getString("actor_kind")),
                row.getString("actor_id"),
                row.getString("actor_name")),
            new RequestOrigin(row.getString("address"), row.getString("request")),
            row.getString("camera"),
            row.getString("report"),
            null,
            details(row.getString("details")));
    return Optional.of(
        new AuditGroups.Saved(
            row.getString("id"),
            event,
            Instant.ofEpochMilli(row.getLong("begun")),
            Instant.ofEpochMilli(row.getLong("last")),
            row.getLong("events")));
  }

  private static Map<String, Object> details(String json) throws SQLException {
    try {
      return JSON.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new SQLException("the details of a group of the audit are no JSON", e);
    }
  }
}
