package io.kydai.console.webhooks;

import io.kydai.console.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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
  int add(Connection db, Endpoint endpoint, String event, String type, String report, String body)
      throws SQLException {
    try (var row =
        db.prepareStatement(
            "INSERT INTO outbox (endpoint, event, state, type, report, body, created_at, attempts,"
                + " due_at, shown) VALUES (?, ?, 'PENDING', ?, ?, ?, ?, 0, ?, ?)")) {
      row.setString(1, endpoint.key());
      row.setString(2, event);
      row.setString(3, type);
      row.setString(4, report);
      row.setString(5, body);
      row.setLong(6, clock.millis());
      row.setLong(7, clock.millis());
      row.setString(8, endpoint.config().shown());
      row.executeUpdate();
    }
    Optional<String> tooOld = nth(db, endpoint, "PENDING", maxPending);
    if (tooOld.isEmpty()) {
      return 0;
    }
    try (var row =
        db.prepareStatement(
            "UPDATE outbox SET state = 'DEAD', died_at = ?, why = 'the outbox was full'"
                + " WHERE endpoint = ? AND state = 'PENDING' AND event <= ?")) {
      row.setLong(1, clock.millis());
      row.setString(2, endpoint.key());
      row.setString(3, tooOld.get());
      int dead = row.executeUpdate();
      forgetOldest(db, endpoint);
      return dead;
    }
  }

  /** The oldest event that waits for an endpoint. */
  Optional<Waiting> head(Endpoint endpoint) {
    return database.read(
        db -> {
          try (var select =
              db.prepareStatement(
                  "SELECT event, body, created_at, attempts, due_at FROM outbox"
                      + " WHERE endpoint = ? AND state = 'PENDING' ORDER BY event LIMIT 1")) {
            select.setString(1, endpoint.key());
            try (var rows = select.executeQuery()) {
              return rows.next()
                  ? Optional.of(
                      new Waiting(
                          rows.getString(1),
                          rows.getString(2),
                          Instant.ofEpochMilli(rows.getLong(3)),
                          rows.getInt(4),
                          Instant.ofEpochMilli(rows.getLong(5))))
                  : Optional.empty();
            }
          }
        });
  }

  void delivered(Endpoint endpoint, String event) {
    database.transaction(
        db -> {
          try (var row =
              db.prepareStatement("DELETE FROM outbox WHERE endpoint = ? AND event = ?")) {
            row.setString(1, endpoint.key());
            row.setString(2, event);
            return row.executeUpdate();
          }
        });
  }

  void tryAgain(Endpoint endpoint, String event, Instant due, String why) {
    database.transaction(
        db -> {
          try (var row =
              db.prepareStatement(
                  "UPDATE outbox SET attempts = attempts + 1, due_at = ?, why = ?"
                      + " WHERE endpoint = ? AND event = ?")) {
            row.setLong(1, due.toEpochMilli());
            row.setString(2, why);
            row.setString(3, endpoint.key());
            row.setString(4, event);
            return row.executeUpdate();
          }
        });
  }

  void giveUp(Endpoint endpoint, String event, String why) {
    database.transaction(
        db -> {
          try (var row =
              db.prepareStatement(
                  "UPDATE outbox SET state = 'DEAD', attempts = attempts + 1, died_at = ?, why = ?"
                      + " WHERE endpoint = ? AND event = ?")) {
            row.setLong(1, clock.millis());
            row.setString(2, why);
            row.setString(3, endpoint.key());
            row.setString(4, event);
            row.executeUpdate();
          }
          forgetOldest(db, endpoint);
          return true;
        });
  }

  /**
   * What waits for endpoints that are not there any more becomes dead letters.
   *
   * @return how many
   */
  int giveUpOthers(List<Endpoint> known) {
    return database.transaction(
        db -> {
          String marks = "?, ".repeat(known.size()) + "''";
          try (var row =
              db.prepareStatement(
                  "UPDATE outbox SET state = 'DEAD', died_at = ?,"
                      + " why = 'the endpoint is not configured any more'"
                      + (" WHERE state = 'PENDING' AND endpoint NOT IN (" + marks + ")"))) {
            row.setLong(1, clock.millis());
            for (int i = 0; i < known.size(); i++) {
              row.setString(i + 2, known.get(i).key());
            }
            return row.executeUpdate();
          }
        });
  }

  Optional<String> newestEvent() {
    return database.read(
        db -> {
          try (var select = db.prepareStatement("SELECT MAX(event) FROM outbox");
              var rows = select.executeQuery()) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
          }
        });
  }

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
    return database.read(
        db -> {
          List<DeadLetter> letters = new ArrayList<>();
          String last = "";
          try (var select =
              db.prepareStatement(
                  "SELECT shown, event, type, report, created_at, died_at, attempts, why, endpoint"
                      + " FROM outbox WHERE state = 'DEAD'"
                      + " AND (event < ? OR (event = ? AND endpoint > ?))"
                      + " ORDER BY event DESC, endpoint LIMIT ?")) {
            select.setString(1, event);
            select.setString(2, event);
            select.setString(3, endpoint);
            select.setInt(4, limit + 1);
            try (var rows = select.executeQuery()) {
              while (rows.next()) {
                if (letters.size() == limit) {
                  return new DeadLetterPage(letters, last);
                }
                last = rows.getString(2) + "-" + rows.getString(9);
                letters.add(
                    new DeadLetter(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        Instant.ofEpochMilli(rows.getLong(5)),
                        Instant.ofEpochMilli(rows.getLong(6)),
                        rows.getInt(7),
                        rows.getString(8)));
              }
            }
          }
          return new DeadLetterPage(letters, "");
        });
  }

  private static void forgetOldest(Connection db, Endpoint endpoint) throws SQLException {
    Optional<String> tooOld = nth(db, endpoint, "DEAD", MAX_DEAD);
    if (tooOld.isPresent()) {
      try (var row =
          db.prepareStatement(
              "DELETE FROM outbox WHERE endpoint = ? AND state = 'DEAD' AND event <= ?")) {
        row.setString(1, endpoint.key());
        row.setString(2, tooOld.get());
        row.executeUpdate();
      }
    }
  }

  /** The newest event that has at least {@code n} newer ones in the same state. */
  private static Optional<String> nth(Connection db, Endpoint endpoint, String state, int n)
      throws SQLException {
    try (var select =
        db.prepareStatement(
            "SELECT event FROM outbox WHERE endpoint = ? AND state = ?"
                + " ORDER BY event DESC LIMIT 1 OFFSET ?")) {
      select.setString(1, endpoint.key());
      select.setString(2, state);
      select.setInt(3, n);
      try (var rows = select.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    }
  }
}
