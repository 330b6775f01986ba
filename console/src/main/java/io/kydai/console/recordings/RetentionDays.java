package io.kydai.console.recordings;

import static java.util.Objects.requireNonNull;

import io.kydai.console.store.Database;
import io.kydai.ingest.source.CameraId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * How long each camera's recordings are kept: as its configuration says, and after it was removed,
 * by a person or from the file, as it said last. Safe for many threads.
 */
public final class RetentionDays {
  /** For cameras whose days nobody knows. */
  public static final int DEFAULT = 30;

  private final Database database;
  private final Function<CameraId, Optional<Integer>> configured;
  private final Map<CameraId, Integer> remembered = new ConcurrentHashMap<>();

  /**
   * Reads what is remembered, and forgets cameras that have no recordings any more.
   *
   * @param configured the days of a camera that is configured now
   */
  public RetentionDays(Database database, Function<CameraId, Optional<Integer>> configured) {
    this.database = requireNonNull(database);
    this.configured = requireNonNull(configured);
    remembered.putAll(
        database.inTransaction(
            db -> {
              db.execute(
                  "DELETE FROM recording_retention WHERE camera NOT IN"
                      + " (SELECT camera FROM recording_segment)");
              return db.createQuery("SELECT camera, days FROM recording_retention")
                  .reduceRows(
                      new ConcurrentHashMap<CameraId, Integer>(),
                      (days, row) -> {
                        days.put(
                            new CameraId(row.getColumn("camera", String.class)),
                            row.getColumn("days", Integer.class));
                        return days;
                      });
            }));
  }

  /** Returns how long a camera's recordings are kept, and remembers it where it changed. */
  public Duration keep(CameraId camera) {
    Optional<Integer> days = configured.apply(camera);
    if (days.isPresent() && !days.get().equals(remembered.get(camera))) {
      remember(camera, days.get());
    }
    return Duration.ofDays(days.orElse(remembered.getOrDefault(camera, DEFAULT)));
  }

  private void remember(CameraId camera, int days) {
    database.inTransaction(
        db ->
            db.createUpdate(
                    "INSERT INTO recording_retention (camera, days) VALUES (:camera, :days)"
                        + " ON CONFLICT (camera) DO UPDATE SET days = excluded.days")
                .bind("camera", camera.value())
                .bind("days", days)
                .execute());
    remembered.put(camera, days);
  }
}
