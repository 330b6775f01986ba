package io.kydai.console.search;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.store.Database;
import io.kydai.console.store.Ulids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The searches that people gave names, each for its owner alone. An account has at most {@value
 * #MAX_OF_ACCOUNT}; a further one is refused until one is removed.
 */
public final class SavedSearches {
  static final int MAX_OF_ACCOUNT = 50;
  private static final int MAX_NAME = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;
  private final Ulids ids;

  /** Creates the saved searches of a database. */
  public SavedSearches(Database database, AuditLog audit, Clock clock) {
    this.database = requireNonNull(database);
    this.audit = requireNonNull(audit);
    this.clock = requireNonNull(clock);
    ids = new Ulids(clock);
  }

  /** Returns the searches of an account, in the order in which they were saved. */
  public List<SavedSearch> of(String account) {
    return database.inSnapshot(db -> all(db, account));
  }

  private static List<SavedSearch> all(Handle db, String account) {
    return db.createQuery(
            "SELECT id, name, filter, created_at FROM saved_search WHERE account = :account"
                + " ORDER BY id")
        .bind("account", account)
        .map((row, context) -> search(row))
        .list();
  }

  /**
   * Saves a search.
   *
   * @param filter its conditions, whose names and lengths the caller has checked
   * @throws InvalidReportRequestException when the name is empty, too long, taken or has control
   *     characters, or the account has too many
   */
  public SavedSearch save(
      String account, String name, Map<String, String> filter, Actor actor, RequestOrigin origin) {
    String given = name.strip();
    if (given.isEmpty()
        || given.length() > MAX_NAME
        || given.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidReportRequestException(
          "name", "Expected: 1 to " + MAX_NAME + " characters on one line.");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return database.inTransaction(
        db -> {
          List<SavedSearch> before = all(db, account);
          if (before.size() >= MAX_OF_ACCOUNT) {
            throw new InvalidReportRequestException(
                "name", "There are " + MAX_OF_ACCOUNT + " already; remove one of them first.");
          }
          if (before.stream().anyMatch(one -> one.name().equals(given))) {
            throw new InvalidReportRequestException("name", "Expected: a name that none has yet.");
          }
          SavedSearch saved = new SavedSearch(ids.next(), given, filter, now);
          insert(db, account, saved);
          audit.append(
              db,
              AuditEvent.of(AuditEventType.SEARCH_SAVED, actor, origin)
                  .detail("name", given)
                  .detail("filter", saved.filter()));
          return saved;
        });
  }

  /**
   * Removes a search.
   *
   * @return whether the account had it
   */
  public boolean remove(String account, String id, Actor actor, RequestOrigin origin) {
    return database.inTransaction(
        db -> {
          Optional<SavedSearch> removed =
              all(db, account).stream().filter(one -> one.id().equals(id)).findFirst();
          removed.ifPresent(
              one -> {
                db.createUpdate("DELETE FROM saved_search WHERE id = :id").bind("id", id).execute();
                audit.append(
                    db,
                    AuditEvent.of(AuditEventType.SEARCH_REMOVED, actor, origin)
                        .detail("name", one.name()));
              });
          return removed.isPresent();
        });
  }

  private static void insert(Handle db, String account, SavedSearch saved) throws SQLException {
    db.createUpdate(
            "INSERT INTO saved_search (id, account, name, filter, created_at)"
                + " VALUES (:id, :account, :name, :filter, :at)")
        .bind("id", saved.id())
        .bind("account", account)
        .bind("name", saved.name())
        .bind("filter", json(saved.filter()))
        .bind("at", saved.createdAt().toEpochMilli())
        .execute();
  }

  private static String json(Map<String, String> filter) throws SQLException {
    try {
      return JSON.writeValueAsString(filter);
    } catch (JsonProcessingException e) {
      throw new SQLException("cannot write a column as JSON", e);
    }
  }

  private static SavedSearch search(ResultSet row) throws SQLException {
    try {
      return new SavedSearch(
          row.getString("id"),
          row.getString("name"),
          JSON.readValue(row.getString("filter"), new TypeReference<Map<String, String>>() {}),
          Instant.ofEpochMilli(row.getLong("created_at")));
    } catch (JsonProcessingException e) {
      throw new SQLException("a column holds no JSON", e);
    }
  }
}
