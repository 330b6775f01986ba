package io.kydai.console.users;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.agencies.Agencies;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.users.ScopeJson.GrantJson;
import io.kydai.console.users.factor.SecondFactors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Accounts, tokens and areas as rows. Every method works on the caller's transaction. */
final class PeopleTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PeopleTable() {}

  static long version(Handle db) {
    return db.createQuery("SELECT version FROM people_version WHERE id = 1")
        .mapTo(Long.class)
        .one();
  }

  /** Records that something changed, and returns everything as it is now. */
  static People changed(Handle db) {
    outdate(db);
    return load(db);
  }

  /** Records that something changed. */
  static void outdate(Handle db) {
    db.execute("UPDATE people_version SET version = version + 1 WHERE id = 1");
  }

  static People load(Handle db) {
    Map<AccountId, Account> accounts = new LinkedHashMap<>();
    db.createQuery(
            "SELECT id, name, display_name, enabled, agency, grants, version FROM account"
                + " ORDER BY name_key")
        .map((row, context) -> account(row))
        .forEach(account -> accounts.put(account.id(), account));
    Map<String, ApiToken> tokens = new LinkedHashMap<>();
    db.createQuery(
            "SELECT id, name, secret_hash, permissions, scope, created_at, expires_at, created_by"
                + " FROM api_token ORDER BY id")
        .map((row, context) -> Map.entry(row.getString("secret_hash"), token(row)))
        .forEach(entry -> tokens.put(entry.getKey(), entry.getValue()));
    Map<String, Area> areas = new LinkedHashMap<>();
    areas(db).forEach(area -> areas.put(area.id(), area));
    return new People(
        version(db), accounts, tokens, areas, DeskSettings.read(db, Agencies.SETTING).under());
  }

  static List<Area> areas(Handle db) {
    return db.createQuery("SELECT id, name, polygon FROM area ORDER BY id")
        .map((row, context) -> area(row))
        .list();
  }

  private static Account account(ResultSet row) throws SQLException {
    List<GrantJson> grants = read(row.getString("grants"), new TypeReference<>() {});
    return new Account(
        new AccountId(row.getString("id")),
        row.getString("name"),
        row.getString("display_name"),
        row.getInt("enabled") == 1,
        row.getString("agency"),
        grants.stream().map(GrantJson::grant).toList(),
        row.getLong("version"));
  }

  static void insert(Handle db, Account account, @Nullable String password, Instant now) {
    db.createUpdate(
            "INSERT INTO account (id, name, name_key, display_name, enabled, agency, grants, password,"
                + " password_changed_at, created_at, version) VALUES (:id, :name, :key, :display,"
                + " :enabled, :agency, :grants, :password, :now, :now, :version)")
        .bind("id", account.id().value())
        .bind("name", account.name())
        .bind("key", People.key(account.name()))
        .bind("display", account.displayName())
        .bind("enabled", account.enabled() ? 1 : 0)
        .bind("agency", account.agency())
        .bind("grants", write(account.grants().stream().map(GrantJson::of).toList()))
        .bind("password", password)
        .bind("now", now.toEpochMilli())
        .bind("version", account.version())
        .execute();
  }

  static void update(Handle db, Account account) {
    db.createUpdate(
            "UPDATE account SET display_name = :display, enabled = :enabled, agency = :agency,"
                + " grants = :grants, version = :version WHERE id = :id")
        .bind("id", account.id().value())
        .bind("display", account.displayName())
        .bind("enabled", account.enabled() ? 1 : 0)
        .bind("agency", account.agency())
        .bind("grants", write(account.grants().stream().map(GrantJson::of).toList()))
        .bind("version", account.version())
        .execute();
  }

  /** Stores another password, with which the account's sessions end. */
  static void setPassword(Handle db, AccountId id, String password, Instant now) {
    db.createUpdate(
            "UPDATE account SET password = :password, password_changed_at = :now,"
                + " version = version + 1 WHERE id = :id")
        .bind("id", id.value())
        .bind("password", password)
        .bind("now", now.toEpochMilli())
        .execute();
  }

  static Optional<String> password(Handle db, AccountId id) {
    return db.createQuery("SELECT password FROM account WHERE id = :id AND password IS NOT NULL")
        .bind("id", id.value())
        .mapTo(String.class)
        .findOne();
  }

  static void delete(Handle db, AccountId id) {
    db.createUpdate("DELETE FROM log_in_session WHERE account = :id")
        .bind("id", id.value())
        .execute();
    SecondFactors.forget(db, id.value());
    db.createUpdate("DELETE FROM saved_search WHERE account = :id")
        .bind("id", id.value())
        .execute();
    db.createUpdate("DELETE FROM push_subscription WHERE account = :id")
        .bind("id", id.value())
        .execute();
    db.createUpdate("DELETE FROM message_preference WHERE account = :id")
        .bind("id", id.value())
        .execute();
    db.createUpdate("DELETE FROM oidc_identity WHERE account = :id")
        .bind("id", id.value())
        .execute();
    db.createUpdate("DELETE FROM account WHERE id = :id").bind("id", id.value()).execute();
  }

  private static ApiToken token(ResultSet row) throws SQLException {
    Set<Permission> permissions =
        read(row.getString("permissions"), new TypeReference<List<String>>() {}).stream()
            .map(name -> Permission.of(name).orElseThrow())
            .collect(Collectors.toSet());
    return new ApiToken(
        new AccountId(row.getString("id")),
        row.getString("name"),
        permissions,
        read(row.getString("scope"), new TypeReference<ScopeJson>() {}).scope(),
        Instant.ofEpochMilli(row.getLong("created_at")),
        time(row, "expires_at"),
        row.getString("created_by"));
  }

  static void insertToken(Handle db, ApiToken token, String secretHash) {
    Instant expires = token.expiresAt();
    db.createUpdate(
            "INSERT INTO api_token (id, name, secret_hash, permissions, scope, created_at, expires_at,"
                + " created_by) VALUES (:id, :name, :hash, :permissions, :scope, :created, :expires,"
                + " :by)")
        .bind("id", token.id().value())
        .bind("name", token.name())
        .bind("hash", secretHash)
        .bind("permissions", write(token.permissions().stream().map(Permission::wire).toList()))
        .bind("scope", write(ScopeJson.of(token.scope())))
        .bind("created", token.createdAt().toEpochMilli())
        .bind("expires", expires == null ? null : expires.toEpochMilli())
        .bind("by", token.createdBy())
        .execute();
  }

  static void deleteToken(Handle db, AccountId id) {
    db.createUpdate("DELETE FROM api_token WHERE id = :id").bind("id", id.value()).execute();
  }

  static void tokenUsed(Handle db, AccountId id, Instant at) {
    db.createUpdate("UPDATE api_token SET last_used_at = :at WHERE id = :id")
        .bind("at", at.toEpochMilli())
        .bind("id", id.value())
        .execute();
  }

  static Map<AccountId, Instant> tokensUsed(Handle db) {
    return db.createQuery("SELECT id, last_used_at FROM api_token WHERE last_used_at IS NOT NULL")
        .map(
            (row, context) ->
                Map.entry(
                    new AccountId(row.getString("id")),
                    Instant.ofEpochMilli(row.getLong("last_used_at"))))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static Area area(ResultSet row) throws SQLException {
    List<List<Double>> corners = read(row.getString("polygon"), new TypeReference<>() {});
    return new Area(
        row.getString("id"),
        row.getString("name"),
        corners.stream().map(at -> new Area.Corner(at.get(0), at.get(1))).toList());
  }

  static void putArea(Handle db, Area area) {
    deleteArea(db, area.id());
    db.createUpdate("INSERT INTO area (id, name, polygon) VALUES (:id, :name, :polygon)")
        .bind("id", area.id())
        .bind("name", area.name())
        .bind(
            "polygon",
            write(area.polygon().stream().map(at -> List.of(at.lat(), at.lon())).toList()))
        .execute();
  }

  static void deleteArea(Handle db, String id) {
    db.createUpdate("DELETE FROM area WHERE id = :id").bind("id", id).execute();
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return requireNonNull(JSON.readValue(json, type));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database's JSON cannot be read", e);
    }
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
