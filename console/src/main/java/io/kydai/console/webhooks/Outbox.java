package io.kydai.console.webhooks;

import io.kydai.console.reports.ReportId;
import io.kydai.console.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The table of the events that wait for delivery to endpoints, and of the dead letters.
 *
 * <table>
 * <caption>Bounds, for each endpoint</caption>
 * <tr><th>entries</th><th>bound</th><th>when it is exceeded</th></tr>
 * <tr><td>waiting events</td><td>{@value #MAX_PENDING}</td>
 *     <td>the oldest becomes a dead letter</td></tr>
 * <tr><td>dead letters</td><td>{@value #MAX_DEAD}</td><td>the oldest is deleted</td></tr>
 * </table>
 */
final class Outbox {
  static final int MAX_PENDING = 10_000;
  static final int MAX_DEAD = 1_000;
  private static final int EVENT_LENGTH = 26;
  private static final Pattern CURSOR =
      Pattern.compile("[0-9A-Z]{" + EVENT_LENGTH + "}-[0-9a-f]{1,64}");

  private final Database database;
  private final Clock clock;
  private final int maxPending;

  Outbox(Database database, Clock clock, int maxPending) {
    this.database = database;
    this.clock = clock;
    this.maxPending = maxPending;
  }

  Database database() {
    return database;
  }

  /** Returns how many events may wait for delivery to an endpoint. */
  int maxPending() {
    return maxPending;
  }

  /**
   * An event that waits for delivery.
   *
   * @param event the event's id
   * @param body the event as JSON
   * @param created the time at which it was created
   * @param attempts the number of attempts that failed
   * @param due the time of the next attempt
   */
  record Waiting(String event, String body, Instant created, int attempts, Instant due) {}

  /**
   * Adds an event in the caller's transaction.
   *
   * @return the number of events that became dead letters because the outbox was full
   */
  int add(
      Handle db,
      WebhookEndpoint endpoint,
      String event,
      String type,
      ReportId report,
      String body) {
    db.createUpdate(
            "INSERT INTO outbox (endpoint, event, state, type, report, body, created_at, attempts,"
                + " due_at, shown) VALUES (:endpoint, :event, 'PENDING', :type, :report, :body,"
                + " :now, 0, :now, :shown)")
        .bind("endpoint", endpoint.key())
        .bind("event", event)
        .bind("type", type)
        .bind("report", report.value())
        .bind("body", body)
        .bind("now", clock.millis())
        .bind("shown", endpoint.config().shown())
        .execute();
    Optional<String> tooOld = nth(db, endpoint, "PENDING", maxPending);
    if (tooOld.isEmpty()) {
      return 0;
    }
    int dead =
        db.createUpdate(
                "UPDATE outbox SET state = 'DEAD', died_at = :now, why = 'the outbox was full'"
                    + " WHERE endpoint = :endpoint AND state = 'PENDING' AND event <= :event")
            .bind("now", clock.millis())
            .bind("endpoint", endpoint.key())
            .bind("event", tooOld.get())
            .execute();
    deleteOldest(db, endpoint);
    return dead;
  }

  /** Returns the oldest event that waits for delivery to an endpoint. */
  Optional<Waiting> head(WebhookEndpoint endpoint) {
    return database.inSnapshot(
        db ->
            db.createQuery(
                    "SELECT event, body, created_at, attempts, due_at FROM outbox"
                        + " WHERE endpoint = :endpoint AND state = 'PENDING'"
                        + " ORDER BY event LIMIT 1")
                .bind("endpoint", endpoint.key())
                .map(
                    (row, context) ->
                        new Waiting(
                            row.getString("event"),
                            row.getString("body"),
                            Instant.ofEpochMilli(row.getLong("created_at")),
                            row.getInt("attempts"),
                            Instant.ofEpochMilli(row.getLong("due_at"))))
                .findOne());
  }

  /** Deletes a delivered event. */
  void delivered(WebhookEndpoint endpoint, String event) {
    database.inTransaction(
        db ->
            db.createUpdate("DELETE FROM outbox WHERE endpoint = :endpoint AND event = :event")
                .bind("endpoint", endpoint.key())
                .bind("event", event)
                .execute());
  }

  /** Records a failed attempt and the time of the next one. */
  void tryAgain(WebhookEndpoint endpoint, String event, Instant due, String why) {
    database.inTransaction(
        db ->
            db.createUpdate(
                    "UPDATE outbox SET attempts = attempts + 1, due_at = :due, why = :why"
                        + " WHERE endpoint = :endpoint AND event = :event")
                .bind("due", due.toEpochMilli())
                .bind("why", why)
                .bind("endpoint", endpoint.key())
                .bind("event", event)
                .execute());
  }

  /** Makes an event a dead letter after a failed attempt. */
  void giveUp(WebhookEndpoint endpoint, String event, String why) {
    database.inTransaction(
        db -> {
          db.createUpdate(
                  "UPDATE outbox SET state = 'DEAD', attempts = attempts + 1, died_at = :now,"
                      + " why = :why WHERE endpoint = :endpoint AND event = :event")
              .bind("now", clock.millis())
              .bind("why", why)
              .bind("endpoint", endpoint.key())
              .bind("event", event)
              .execute();
          deleteOldest(db, endpoint);
          return true;
        });
  }

  /**
   * Makes the waiting events of endpoints that are no longer configured dead letters.
   *
   * @param known the configured endpoints
   * @return the number of events
   */
  int giveUpOthers(List<WebhookEndpoint> known) {
    return database.inTransaction(
        db -> {
          String others = known.isEmpty() ? "" : " AND endpoint NOT IN (<known>)";
          var update =
              db.createUpdate(
                      "UPDATE outbox SET state = 'DEAD', died_at = :now,"
                          + " why = 'the endpoint is not configured any more'"
                          + " WHERE state = 'PENDING'"
                          + others)
                  .bind("now", clock.millis());
          if (!known.isEmpty()) {
            update.bindList("known", known.stream().map(WebhookEndpoint::key).toList());
          }
          return update.execute();
        });
  }

  /** Returns the id of the newest event; empty when the table is empty. */
  Optional<String> newestEvent() {
    return database.inSnapshot(
        db ->
            Optional.ofNullable(
                db.createQuery("SELECT MAX(event) FROM outbox").mapTo(String.class).one()));
  }

  /**
   * Returns a page of dead letters, sorted from the newest event to the oldest.
   *
   * @param cursor the event's id and the endpoint's key after which the page begins, separated by a
   *     dash; empty for the first page
   */
  DeadLetterPage deadLetters(int limit, String cursor) {
    if (!cursor.isEmpty() && !CURSOR.matcher(cursor).matches()) {
      throw new IllegalArgumentException("the value of 'next' of the previous page is expected");
    }
    // Without a cursor, "~" sorts after the id of every event.
    String event = cursor.isEmpty() ? "~" : cursor.substring(0, EVENT_LENGTH);
    String endpoint = cursor.isEmpty() ? "" : cursor.substring(EVENT_LENGTH + 1);
    List<DeadLetter> found =
        database.inSnapshot(
            db ->
                db.createQuery(
                        "SELECT shown, event, type, report, created_at, died_at, attempts, why,"
                            + " endpoint FROM outbox WHERE state = 'DEAD'"
                            + " AND (event < :event OR (event = :event AND endpoint > :endpoint))"
                            + " ORDER BY event DESC, endpoint LIMIT :limit")
                    .bind("event", event)
                    .bind("endpoint", endpoint)
                    .bind("limit", limit + 1)
                    .map(
                        (row, context) ->
                            new DeadLetter(
                                row.getString("endpoint"),
                                row.getString("shown"),
                                row.getString("event"),
                                row.getString("type"),
                                ReportId.of(row.getString("report")),
                                Instant.ofEpochMilli(row.getLong("created_at")),
                                Instant.ofEpochMilli(row.getLong("died_at")),
                                row.getInt("attempts"),
                                row.getString("why")))
                    .list());
    List<DeadLetter> letters = found.stream().limit(limit).toList();
    if (found.size() <= limit) {
      return new DeadLetterPage(letters, "");
    }
    DeadLetter last = found.get(limit - 1);
    return new DeadLetterPage(letters, last.event() + "-" + last.webhook());
  }

  private static void deleteOldest(Handle db, WebhookEndpoint endpoint) {
    nth(db, endpoint, "DEAD", MAX_DEAD)
        .ifPresent(
            tooOld ->
                db.createUpdate(
                        "DELETE FROM outbox WHERE endpoint = :endpoint AND state = 'DEAD'"
                            + " AND event <= :event")
                    .bind("endpoint", endpoint.key())
                    .bind("event", tooOld)
                    .execute());
  }

  /** Returns the newest event that has at least {@code n} newer ones in the same state. */
  private static Optional<String> nth(Handle db, WebhookEndpoint endpoint, String state, int n) {
    return db.createQuery(
            "SELECT event FROM outbox WHERE endpoint = :endpoint AND state = :state"
                + " ORDER BY event DESC LIMIT 1 OFFSET :n")
        .bind("endpoint", endpoint.key())
        .bind("state", state)
        .bind("n", n)
        .mapTo(String.class)
        .findOne();
  }
}
