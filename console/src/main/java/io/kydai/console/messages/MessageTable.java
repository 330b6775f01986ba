package io.kydai.console.messages;

import io.kydai.console.messages.rules.Occasion;
import io.kydai.console.reports.ReportId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What people are to be told of, as rows. Every method works on the caller's transaction. Of each
 * occasion and subject there is one row, so that nobody is told twice; it is kept for {@link #KEPT}
 * after that, longer than an incident can last.
 */
final class MessageTable {
  static final Duration KEPT = Duration.ofDays(2);

  /** More do not wait: the next is not told at all. */
  static final int MAX_WAITING = 10_000;

  private MessageTable() {}

  /**
   * Adds something to tell, or has it wait again where nobody was told so far.
   *
   * @param subject what it is of, such as the id of an incident
   * @param due when it is told at the latest
   */
  static void add(Handle db, PendingMessage message, String subject, Instant now, Instant due) {
    int again =
        db.createUpdate(
                "UPDATE message SET state = 'WAITING', report = :report, due_at = :due"
                    + " WHERE occasion = :occasion AND subject = :subject AND state = 'DROPPED'")
            .bind("report", message.report().value())
            .bind("due", due.toEpochMilli())
            .bind("occasion", message.occasion().name())
            .bind("subject", subject)
            .execute();
    if (again > 0) {
      return;
    }
    insert(db, message, subject, now, due);
  }

  /**
   * Adds a camera's fault, to be told when it has lasted. It takes the place of an earlier one of
   * the same rule. Nobody is told of it where an earlier one was told and the camera has not been
   * well for as long since.
   *
   * @param subject the camera and its rule
   * @param wait how long it has to last
   */
  static void addFault(
      Handle db, PendingMessage message, String subject, Instant now, Duration wait) {
    int again =
        db.createUpdate(
                "UPDATE message SET id = :id, report = :report, created_at = :now, due_at = :due,"
                    + " state = CASE WHEN state = 'TOLD' AND EXISTS (SELECT 1 FROM report"
                    + " WHERE report.id = message.report"
                    + " AND (ended_at IS NULL OR ended_at > :well)) THEN 'TOLD' ELSE 'WAITING' END"
                    + " WHERE occasion = :occasion AND subject = :subject")
            .bind("id", message.id())
            .bind("report", message.report().value())
            .bind("now", now.toEpochMilli())
            .bind("due", now.plus(wait).toEpochMilli())
            .bind("well", now.minus(wait).toEpochMilli())
            .bind("occasion", message.occasion().name())
            .bind("subject", subject)
            .execute();
    if (again == 0) {
      insert(db, message, subject, now, now.plus(wait));
    }
  }

  private static void insert(
      Handle db, PendingMessage message, String subject, Instant now, Instant due) {
    db.createUpdate(
            "INSERT INTO message (id, occasion, subject, report, agency, state, created_at, due_at)"
                + " SELECT :id, :occasion, :subject, :report, CAST(:agency AS TEXT), 'WAITING',"
                + " :now, :due WHERE (SELECT COUNT(*) FROM message WHERE state = 'WAITING') < :most"
                + " ON CONFLICT (occasion, subject) DO NOTHING")
        .bind("id", message.id())
        .bind("occasion", message.occasion().name())
        .bind("subject", subject)
        .bind("report", message.report().value())
        .bind("agency", message.agency())
        .bind("now", now.toEpochMilli())
        .bind("due", due.toEpochMilli())
        .bind("most", MAX_WAITING)
        .execute();
  }

  /** Returns the incident of a report; empty where it has none. */
  static Optional<String> incident(Handle db, ReportId report) {
    return db.createQuery("SELECT incident FROM report WHERE id = :id AND incident IS NOT NULL")
        .bind("id", report.value())
        .mapTo(String.class)
        .findOne();
  }

  /**
   * Returns what is to be told now, the oldest first: incidents whose clip is there, or will not
   * come, and whatever has waited long enough.
   */
  static List<PendingMessage> due(Handle db, Instant now, int limit) {
    return db.createQuery(
            "SELECT message.id, occasion, message.report, message.agency FROM message"
                + " LEFT JOIN report ON report.id = message.report"
                + " WHERE message.state = 'WAITING'"
                + " AND (message.due_at <= :now"
                + " OR message.occasion = 'INCIDENT' AND report.clip_awaited = 0)"
                + " ORDER BY message.id LIMIT :limit")
        .bind("now", now.toEpochMilli())
        .bind("limit", limit)
        .map(
            (row, context) ->
                new PendingMessage(
                    row.getString("id"),
                    Occasion.valueOf(row.getString("occasion")),
                    ReportId.of(row.getString("report")),
                    row.getString("agency")))
        .list();
  }

  /** Returns the first report of an incident that still is to be checked. */
  static Optional<ReportId> toCheck(Handle db, @Nullable String incident) {
    return db.createQuery(
            "SELECT id FROM report WHERE incident = :incident AND state = 'RECEIVED'"
                + " ORDER BY id LIMIT 1")
        .bind("incident", incident)
        .mapTo(String.class)
        .findOne()
        .map(ReportId::of);
  }

  /**
   * Ends the waiting.
   *
   * @return whether it still waited
   */
  static boolean settle(Handle db, PendingMessage message, boolean told) {
    return db.createUpdate("UPDATE message SET state = :state WHERE id = :id AND state = 'WAITING'")
            .bind("state", told ? "TOLD" : "DROPPED")
            .bind("id", message.id())
            .execute()
        > 0;
  }

  static int waiting(Handle db) {
    return db.createQuery("SELECT COUNT(*) FROM message WHERE state = 'WAITING'")
        .mapTo(Integer.class)
        .one();
  }

  static void forget(Handle db, Instant before) {
    db.createUpdate("DELETE FROM message WHERE state <> 'WAITING' AND created_at < :before")
        .bind("before", before.toEpochMilli())
        .execute();
  }
}
