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
 * The table of what endpoints are still to be told, and of what they never were.
 *
 * <table>
 * <caption>Bounds, for each endpoint</caption>
 * <tr><th>what</th><th>how many</th><th>when full</th></tr>
 * <tr><td>waiting events</td><td>{@value #MAX_PENDING}</td>
 *     <td>the oldest becomes a dead letter</td></tr>
 * <tr><td>dead letters</td><td>{@value #MAX_DEAD}</td><td>the oldest is forgotten</td></tr>
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

  /**
   * An event that waits.
   *
   * @param due when it may be tried
   */
  record Waiting(String event, String body, Instant created, int attempts, Instant due) {}

  /**
   * Adds an event, on the caller's transaction.
   *
   * @return how many became dead letters for want of room
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
    forgetOldest(db, endpoint);
    return dead;
  }

  /** The oldest event that waits for an endpoint. */
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

  void delivered(WebhookEndpoint endpoint, String event) {
    database.inTransaction(
        db ->
            db.createUpdate("DELETE FROM outbox WHERE endpoint = :endpoint AND event = :event")
                .bind("endpoint", endpoint.key())
                .bind("event", event)
                .execute());
  }

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
          forgetOldest(db, endpoint);
          return true;
        });
  }

  /**
   * What waits for endpoints that are not there any more becomes dead letters.
   *
   * @return how many
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

  Optional<String> newestEvent() {
    return database.inSnapshot(
        db ->
            Optional.ofNullable(
                db.createQuery("SELECT MAX(event) FROM outbox").mapTo(String.class).one()));
  }

  /** A dead letter and the endpoint's key. */
  private record Keyed(DeadLetter letter, String endpoint) {}

  /**
   * A page of dead letters, the newest event first.
   *
   * @param cursor the event and the endpoint's key after which it begins, with a dash between;
   *     empty for the first page
   */
  DeadLetterPage deadLetters(int limit, String cursor) {
    if (!cursor.isEmpty() && !CURSOR.matcher(cursor).matches()) {
      throw new IllegalArgumentException("'next' of the page before is expected, as it was given");
    }
    // Sorts behind every event where there is no cursor.
    String event = cursor.isEmpty() ? "~" : cursor.substring(0, EVENT_LENGTH);
    String endpoint = cursor.isEmpty() ? "" : cursor.substring(EVENT_LENGTH + 1);
    List<Keyed> found =
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
                            new Keyed(
                                new DeadLetter(
                                    row.getString("shown"),
                                    row.getString("event"),
                                    row.getString("type"),
                                    ReportId.of(row.getString("report")),
                                    Instant.ofEpochMilli(row.getLong("created_at")),
                                    Instant.ofEpochMilli(row.getLong("died_at")),
                                    row.getInt("attempts"),
                                    row.getString("why")),
                                row.getString("endpoint")))
                    .list());
    List<DeadLetter> letters = found.stream().limit(limit).map(Keyed::letter).toList();
    if (found.size() <= limit) {
      return new DeadLetterPage(letters, "");
    }
    Keyed last = found.get(limit - 1);
    return new DeadLetterPage(letters, last.letter().event() + "-" + last.endpoint());
  }

  private static void forgetOldest(Handle db, WebhookEndpoint endpoint) {
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

  /** The newest event that has at least {@code n} newer ones in the same state. */
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
