package io.kydai.console.settings;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of the desk. A change and its entry in the audit are one transaction. A value is
 * parsed once for each version of it. Any thread; the methods wait for the database.
 */
public final class DeskSettings {
  private static final Logger LOG = LoggerFactory.getLogger(DeskSettings.class);
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .addModule(new JavaTimeModule())
          .build();

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;
  private final Map<String, Versioned<?>> parsed = new ConcurrentHashMap<>();

  /** Creates the settings of a database. */
  public DeskSettings(Database database, AuditLog audit, Clock clock) {
    this.database = requireNonNull(database);
    this.audit = requireNonNull(audit);
    this.clock = requireNonNull(clock);
  }

  private record Row(String json, long version, Instant changedAt, String changedBy) {}

  /** Returns the present value of a setting. */
  public <T> Versioned<T> get(DeskSetting<T> setting) {
    return database.inSnapshot(db -> get(db, setting));
  }

  /** Returns the value of a setting in the caller's transaction. */
  public <T> Versioned<T> get(Handle db, DeskSetting<T> setting) {
    Versioned<?> known = parsed.get(setting.name());
    long version =
        db.createQuery("SELECT version FROM desk_setting WHERE name = :name")
            .bind("name", setting.name())
            .mapTo(Long.class)
            .findOne()
            .orElse(0L);
    if (version == 0) {
      return new Versioned<>(setting.initial(), 0, null, null);
    }
    if (known != null && known.version() == version) {
      return new Versioned<>(
          setting.type().cast(known.value()), version, known.changedAt(), known.changedBy());
    }
    Row row = row(db, setting.name()).orElseThrow();
    Versioned<T> value = read(setting, row);
    parsed.put(setting.name(), value);
    return value;
  }

  /** Returns the value of a setting in the caller's transaction, where it is seldom asked for. */
  public static <T> T read(Handle db, DeskSetting<T> setting) {
    return row(db, setting.name())
        .map(row -> read(setting, row).value())
        .orElseGet(setting::initial);
  }

  private static Optional<Row> row(Handle db, String name) {
    return db.createQuery(
            "SELECT value, version, changed_at, changed_by FROM desk_setting WHERE name = :name")
        .bind("name", name)
        .map(
            (row, context) ->
                new Row(
                    row.getString("value"),
                    row.getLong("version"),
                    Instant.ofEpochMilli(row.getLong("changed_at")),
                    row.getString("changed_by")))
        .findOne();
  }

  /**
   * Replaces the value of a setting.
   *
   * @param seen the version that the caller read
   * @throws SettingChangedException when it has another one by now
   */
  public <T> Versioned<T> replace(
      DeskSetting<T> setting, T value, long seen, Actor actor, RequestOrigin origin) {
    return replace(setting, value, seen, actor, origin, db -> {});
  }

  /**
   * Replaces the value of a setting, with work in the same transaction.
   *
   * @param seen the version that the caller read
   * @throws SettingChangedException when it has another one by now; the work is not done
   */
  public <T> Versioned<T> replace(
      DeskSetting<T> setting,
      T value,
      long seen,
      Actor actor,
      RequestOrigin origin,
      Consumer<Handle> with) {
    String json = write(value);
    Instant now = clock.instant();
    return database.inTransaction(
        db -> {
          Versioned<T> before = get(db, setting);
          if (before.version() != seen) {
            throw new SettingChangedException(setting.name(), seen, before);
          }
          db.createUpdate("DELETE FROM desk_setting WHERE name = :name")
              .bind("name", setting.name())
              .execute();
          db.createUpdate(
                  "INSERT INTO desk_setting (name, value, version, changed_at, changed_by)"
                      + " VALUES (:name, :value, :version, :at, :by)")
              .bind("name", setting.name())
              .bind("value", json)
              .bind("version", seen + 1)
              .bind("at", now.toEpochMilli())
              .bind("by", actor.name())
              .execute();
          with.accept(db);
          audit.append(
              db,
              AuditEvent.of(AuditEventType.SETTING_CHANGED, actor, origin)
                  .detail("setting", "desk." + setting.name())
                  .detail(
                      "changes",
                      Map.of("value", Map.of("before", write(before.value()), "after", json))));
          return new Versioned<>(value, seen + 1, now, actor.name());
        });
  }

  /** An alert must not be lost because a setting cannot be read: it is taken as the initial one. */
  private static <T> Versioned<T> read(DeskSetting<T> setting, Row row) {
    T value = setting.initial();
    try {
      value = JSON.readValue(row.json(), setting.type());
    } catch (JsonProcessingException e) {
      LOG.error(
          "the desk's setting '{}' cannot be read; its initial value is used until it is set again",
          setting.name(),
          e);
    }
    return new Versioned<>(value, row.version(), row.changedAt(), row.changedBy());
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a setting cannot be written", e);
    }
  }
}
