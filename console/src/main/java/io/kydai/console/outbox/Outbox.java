package io.kydai.console.outbox;

import io.kydai.console.reports.ReportId;
import io.kydai.console.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * A table of the events that wait for delivery to destinations, and of the dead letters.
 *
 * <table>
 * <caption>Bounds, for each destination</caption>
 * <tr><th>entries</th><th>bound</th><th>when it is exceeded</th></tr>
 * <tr><td>waiting events</td><td>as the subject says</td>
 *     <td>the oldest becomes a dead letter</td></tr>
 * <tr><td>dead letters</td><td>{@value #MAX_DEAD}</td><td>the oldest is deleted</td></tr>
 * </table>
 */
public final class Outbox {
  static final int MAX_DEAD = 1_000;
  private static final int EVENT_LENGTH = 26;
  private static final String WAITING = "SELECT event, body, created_at, attempts, due_at FROM ";
  private static final Pattern CURSOR =
      Pattern.compile("[0-9A-Z]{" + EVENT_LENGTH + "}-[0-9A-Za-z:]{1,64}");

  /**
   * The tables; all have the same columns.
   *
   * @param table the name
   * @param next which of a destination's events is the next one
   */
  public record Kind(String table, String next) {
    /** The events of webhooks, in order for each endpoint. */
    public static final Kind WEBHOOKS = new Kind("outbox", "event");

    /** The messages to people, of which one that may wait holds up no other. */
    public static final Kind MESSAGES = new Kind("message_outbox", "due_at, event");
  }

  private final Database database;
  private final Kind kind;
  private final Clock clock;
  private final int maxPending;

  /**
   * @param maxPending how many events may wait for delivery to a destination
   */
  public Outbox(Database database, Kind kind, Clock clock, int maxPending) {
    this.database = database;
    this.kind = kind;
    this.clock = clock;
    this.maxPending = maxPending;
  }

  /** Returns the database of the table. */
  public Database database() {
    return database;
  }

  /** Returns the rows of a destination in the caller's transaction. */
  public DestinationRows rows(Handle db, String destination) {
    return new DestinationRows(db, kind, destination);
  }

  /** Returns how many events may wait for delivery to a destination. */
  public int maxPending() {
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
  public record Waiting(String event, String body, Instant created, int attempts, Instant due) {}

  /**
   * Adds an event in the caller's transaction.
   *
   * @param due when it may be sent first
   * @return the number of events that became dead letters because the outbox was full
   */
  public int add(
      Handle db,
      Destination endpoint,
      String event,
      String type,
      ReportId report,
      String body,
      Instant due) {
    db.createUpdate(
            "INSERT INTO "
                + kind.table()
                + " (endpoint, event, state, type, report, body, created_at, attempts,"
                + " due_at, shown) VALUES (:endpoint, :event, 'PENDING', :type, :report, :body,"
                + " :now, 0, :due, :shown)")
        .bind("endpoint", endpoint.key())
        .bind("event", event)
        .bind("type", type)
        .bind("report", report.value())
        .bind("body", body)
        .bind("now", clock.millis())
        .bind("due", due.toEpochMilli())
        .bind("shown", endpoint.shown())
        .execute();
    Optional<String> tooOld = nth(db, endpoint, "PENDING", maxPending);
    if (tooOld.isEmpty()) {
      return 0;
    }
    int dead =
        db.createUpdate(
                "UPDATE "
                    + kind.table()
                    + " SET state = 'DEAD', died_at = :now, why = 'the outbox was full'"
                    + " WHERE endpoint = :endpoint AND state = 'PENDING' AND event <= :event")
            .bind("now", clock.millis())
            .bind("endpoint", endpoint.key())
            .bind("event", tooOld.get())
            .execute();
    deleteOldest(db, endpoint);
    return dead;
  }

  /**
   * Returns the destinations for which an event is due.
   *
   * @param hold how long events may be held at most; one that is due later was written while the
   *     clock was ahead, and is due now
   */
  public List<Destination> due(Instant now, Duration hold) {
    return database.inSnapshot(
        db ->
            db.createQuery(
                    "SELECT endpoint, MAX(shown) AS shown FROM "
                        + kind.table()
                        + " WHERE state = 'PENDING' AND (due_at <= :now OR due_at > :ahead)"
                        + " GROUP BY endpoint")
                .bind("now", now.toEpochMilli())
                .bind("ahead", now.plus(hold).toEpochMilli())
                .map(
                    (row, context) ->
                        new Destination(row.getString("endpoint"), row.getString("shown")))
                .list());
  }

  /** Returns the events of a destination whose time has come, the next first. */
  public List<Waiting> due(Handle db, Destination endpoint, Instant now) {
    return db.createQuery(
            WAITING
                + kind.table()
                + " WHERE endpoint = :endpoint AND state = 'PENDING' AND due_at <= :now ORDER BY "
                + kind.next())
        .bind("endpoint", endpoint.key())
        .bind("now", now.toEpochMilli())
        .map((row, context) -> waiting(row))
        .list();
  }

  /**
   * Gives an event another body, which tells of others as well, and takes those out of the table.
   *
   * @param others the ids of events of the same destination
   */
  public void fold(
      Handle db, Destination endpoint, String event, String body, List<String> others) {
    db.createUpdate(
            "UPDATE "
                + kind.table()
                + " SET body = :body WHERE endpoint = :endpoint AND event = :event")
        .bind("body", body)
        .bind("endpoint", endpoint.key())
        .bind("event", event)
        .execute();
    if (!others.isEmpty()) {
      db.createUpdate(
              "DELETE FROM "
                  + kind.table()
                  + " WHERE endpoint = :endpoint AND state = 'PENDING' AND event IN (<others>)")
          .bind("endpoint", endpoint.key())
          .bindList("others", others)
          .execute();
    }
  }

  private static Waiting waiting(ResultSet row) throws SQLException {
    return new Waiting(
        row.getString("event"),
        row.getString("body"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getInt("attempts"),
        Instant.ofEpochMilli(row.getLong("due_at")));
  }

  /** Returns how many events wait or were given up, of all destinations. */
  public int count(boolean dead) {
    return database.inSnapshot(
        db ->
            db.createQuery("SELECT COUNT(*) FROM " + kind.table() + " WHERE state = :state")
                .bind("state", dead ? "DEAD" : "PENDING")
                .mapTo(Integer.class)
                .one());
  }

  /** Returns the next event that waits for delivery to an endpoint. */
  public Optional<Waiting> head(Destination endpoint) {
    return database.inSnapshot(
        db ->
            db.createQuery(
                    WAITING
                        + kind.table()
                        + " WHERE endpoint = :endpoint AND state = 'PENDING'"
                        + " ORDER BY "
                        + kind.next()
                        + " LIMIT 1")
                .bind("endpoint", endpoint.key())
                .map((row, context) -> waiting(row))
                .findOne());
  }

  /** Deletes a delivered event. */
  void delivered(Destination endpoint, String event) {
    database.inTransaction(
        db ->
            db.createUpdate(
                    "DELETE FROM "
                        + kind.table()
                        + " WHERE endpoint = :endpoint AND event = :event")
                .bind("endpoint", endpoint.key())
                .bind("event", event)
                .execute());
  }

  /** Records a failed attempt and the time of the next one. */
  void tryAgain(Destination endpoint, String event, Instant due, String why) {
    database.inTransaction(
        db ->
            db.createUpdate(
                    "UPDATE "
                        + kind.table()
                        + " SET attempts = attempts + 1, due_at = :due, why = :why"
                        + " WHERE endpoint = :endpoint AND event = :event")
                .bind("due", due.toEpochMilli())
                .bind("why", why)
                .bind("endpoint", endpoint.key())
                .bind("event", event)
                .execute());
  }

  /** Makes an event a dead letter after a failed attempt. */
  void giveUp(Destination endpoint, String event, String why) {
    database.inTransaction(
        db -> {
          db.createUpdate(
                  "UPDATE "
                      + kind.table()
                      + " SET state = 'DEAD', attempts = attempts + 1, died_at = :now,"
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
   * Makes the waiting events of destinations that are no longer known dead letters.
   *
   * @param known the keys of the known destinations
   * @return the number of events
   */
  public int giveUpOthers(List<String> known) {
    return database.inTransaction(
        db -> {
          String others = known.isEmpty() ? "" : " AND endpoint NOT IN (<known>)";
          var update =
              db.createUpdate(
                      "UPDATE "
                          + kind.table()
                          + " SET state = 'DEAD', died_at = :now,"
                          + " why = 'the endpoint is not configured any more'"
                          + " WHERE state = 'PENDING'"
                          + others)
                  .bind("now", clock.millis());
          if (!known.isEmpty()) {
            update.bindList("known", known);
          }
          return update.execute();
        });
  }

  /** Returns the id of the newest event; empty when the table is empty. */
  public Optional<String> newestEvent() {
    return database.inSnapshot(
        db ->
            Optional.ofNullable(
                db.createQuery("SELECT MAX(event) FROM " + kind.table())
                    .mapTo(String.class)
                    .one()));
  }

  /**
   * Returns a page of dead letters, sorted from the newest event to the oldest.
   *
   * @param cursor the event's id and the endpoint's key after which the page begins, separated by a
   *     dash; empty for the first page
   */
  public DeadLetterPage deadLetters(int limit, String cursor) {
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
                            + " endpoint FROM "
                            + kind.table()
                            + " WHERE state = 'DEAD'"
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
    return new DeadLetterPage(letters, last.event() + "-" + last.destination());
  }

  List<String> destinationsOfDead(Handle db) {
    return db.createQuery(
            "SELECT DISTINCT endpoint FROM "
                + kind.table()
                + " WHERE state = 'DEAD' ORDER BY endpoint")
        .mapTo(String.class)
        .list();
  }

  private void deleteOldest(Handle db, Destination endpoint) {
    nth(db, endpoint, "DEAD", MAX_DEAD)
        .ifPresent(
            tooOld ->
                db.createUpdate(
                        "DELETE FROM "
                            + kind.table()
                            + " WHERE endpoint = :endpoint AND state = 'DEAD'"
                            + " AND event <= :event")
                    .bind("endpoint", endpoint.key())
                    .bind("event", tooOld)
                    .execute());
  }

  /** Returns the newest event that has at least {@code n} newer ones in the same state. */
  private Optional<String> nth(Handle db, Destination endpoint, String state, int n) {
    return db.createQuery(
            "SELECT event FROM "
                + kind.table()
                + " WHERE endpoint = :endpoint AND state = :state"
                + " ORDER BY event DESC LIMIT 1 OFFSET :n")
        .bind("endpoint", endpoint.key())
        .bind("state", state)
        .bind("n", n)
        .mapTo(String.class)
        .findOne();
  }
}
