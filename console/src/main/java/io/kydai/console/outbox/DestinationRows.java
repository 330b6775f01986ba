package io.kydai.console.outbox;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rows of one destination in an outbox, as administrators see and change them. */
public final class DestinationRows {
  private static final String ONLY = " AND event BETWEEN :first AND :last";

  /** Sorts after the id of every event. */
  private static final String LAST = "~";

  /**
   * The failed attempts to deliver an event.
   *
   * @param since the time at which the event was created
   * @param attempts the number of attempts that failed
   * @param why the outcome of the last attempt
   * @param nextAt the time of the next attempt
   */
  public record Failure(Instant since, int attempts, String why, Instant nextAt) {}

  private final Handle db;
  private final Outbox.Kind kind;
  private final String endpoint;

  /**
   * @param db the caller's transaction
   * @param endpoint the destination's key
   */
  DestinationRows(Handle db, Outbox.Kind kind, String endpoint) {
    this.db = db;
    this.kind = kind;
    this.endpoint = endpoint;
  }

  /** Returns the number of events that wait for delivery. */
  public int waiting() {
    return count("PENDING", null);
  }

  /**
   * Returns the number of dead letters.
   *
   * @param event the only event to count; null for all
   */
  public int dead(@Nullable String event) {
    return count("DEAD", event);
  }

  private int count(String state, @Nullable String event) {
    return db.createQuery(
            "SELECT COUNT(*) FROM "
                + kind.table()
                + " WHERE endpoint = :endpoint AND state = :state"
                + ONLY)
        .bind("endpoint", endpoint)
        .bind("state", state)
        .bind("first", event == null ? "" : event)
        .bind("last", event == null ? LAST : event)
        .mapTo(Integer.class)
        .one();
  }

  /** Returns the failed attempts of the first event that waits; empty where none failed. */
  public Optional<Failure> failure() {
    return db.createQuery(
            "SELECT created_at, attempts, why, due_at FROM "
                + kind.table()
                + " WHERE endpoint = :endpoint AND state = 'PENDING' ORDER BY "
                + kind.next()
                + " LIMIT 1")
        .bind("endpoint", endpoint)
        .map(
            (row, context) ->
                new Failure(
                    Instant.ofEpochMilli(row.getLong("created_at")),
                    row.getInt("attempts"),
                    String.valueOf(row.getString("why")),
                    Instant.ofEpochMilli(row.getLong("due_at"))))
        .findOne()
        .filter(failure -> failure.attempts() > 0);
  }

  /**
   * Lets dead letters wait for delivery again.
   *
   * @param event the only event; null for all
   * @param now from when on its attempts are counted
   */
  public int replay(@Nullable String event, Instant now) {
    return db.createUpdate(
            "UPDATE "
                + kind.table()
                + " SET state = 'PENDING', attempts = 0, created_at = :now, due_at = :now,"
                + " died_at = NULL, why = NULL WHERE endpoint = :endpoint AND state = 'DEAD'"
                + ONLY)
        .bind("now", now.toEpochMilli())
        .bind("endpoint", endpoint)
        .bind("first", event == null ? "" : event)
        .bind("last", event == null ? LAST : event)
        .execute();
  }
}
