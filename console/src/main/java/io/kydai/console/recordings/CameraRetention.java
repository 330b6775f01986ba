package io.kydai.console.recordings;

import static java.util.Objects.requireNonNull;

import io.kydai.console.store.Database;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.retention.RetentionAges;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * How long each camera's recordings are kept, and what becomes of them before: as its configuration
 * says, and after it was removed, by a person or from the file, as it said last. Safe for many
 * threads.
 */
public final class CameraRetention {
  /** The days for which recordings are kept of cameras of which nobody knows. */
  public static final int DEFAULT = 30;

  private final Database database;
  private final Function<CameraId, Optional<Days>> configured;
  private final int thin;
  private final int archive;
  private final Map<CameraId, Days> remembered = new ConcurrentHashMap<>();

  /**
   * The ages in days.
   *
   * @param keep at which the main stream's are deleted, or the only one's
   * @param keepSub at which the sub-stream's are; null for the same
   * @param thin 0 for never; null for that of the storage
   * @param archive 0 for never; null for that of the storage
   */
  public record Days(
      int keep, @Nullable Integer keepSub, @Nullable Integer thin, @Nullable Integer archive) {
    /**
     * Returns the ages of a node.
     *
     * @param usualThin of cameras that do not say; 0 for never
     * @param usualArchive the same for the archive
     */
    public RetentionAges ages(int usualThin, int usualArchive) {
      return new RetentionAges(
          Duration.ofDays(keep),
          Duration.ofDays(keepSub == null ? keep : keepSub),
          age(thin, usualThin),
          age(archive, usualArchive));
    }

    private static @Nullable Duration age(@Nullable Integer own, int usual) {
      int days = own == null ? usual : own;
      return days == 0 ? null : Duration.ofDays(days);
    }
  }

  /**
   * Reads what is remembered, and forgets cameras that have no recordings any more.
   *
   * @param configured the days of a camera that is configured now
   * @param thin the age in days at which recordings are thinned of cameras that do not say; 0 for
   *     never
   * @param archive the same for the archive
   */
  public CameraRetention(
      Database database, Function<CameraId, Optional<Days>> configured, int thin, int archive) {
    this.database = requireNonNull(database);
    this.configured = requireNonNull(configured);
    this.thin = thin;
    this.archive = archive;
    remembered.putAll(database.inTransaction(CameraRetention::read));
  }

  private static Map<CameraId, Days> read(Handle db) {
    db.execute(
        "DELETE FROM recording_retention WHERE camera NOT IN"
            + " (SELECT camera FROM recording_segment)");
    return db.createQuery(
            "SELECT camera, days, sub_days, thin_days, archive_days FROM recording_retention")
        .reduceRows(
            new ConcurrentHashMap<CameraId, Days>(),
            (days, row) -> {
              days.put(
                  new CameraId(row.getColumn("camera", String.class)),
                  new Days(
                      row.getColumn("days", Integer.class),
                      row.getColumn("sub_days", Integer.class),
                      row.getColumn("thin_days", Integer.class),
                      row.getColumn("archive_days", Integer.class)));
              return days;
            });
  }

  /** Returns what becomes of a camera's recordings, and remembers it where it changed. */
  public RetentionAges ages(CameraId camera) {
    Optional<Days> now = configured.apply(camera);
    if (now.isPresent() && !now.get().equals(remembered.get(camera))) {
      remember(camera, now.get());
    }
    Days days = now.orElse(remembered.getOrDefault(camera, new Days(DEFAULT, null, null, null)));
    return days.ages(thin, archive);
  }

  private void remember(CameraId camera, Days days) {
    database.inTransaction(
        db ->
            db.createUpdate(
                    "INSERT INTO recording_retention (camera, days, sub_days, thin_days, archive_days)"
                        + " VALUES (:camera, :days, :sub, :thin, :archive)"
                        + " ON CONFLICT (camera) DO UPDATE SET days = excluded.days,"
                        + " sub_days = excluded.sub_days,"
                        + " thin_days = excluded.thin_days, archive_days = excluded.archive_days")
                .bind("camera", camera.value())
                .bind("days", days.keep())
                .bind("sub", days.keepSub())
                .bind("thin", days.thin())
                .bind("archive", days.archive())
                .execute());
    remembered.put(camera, days);
  }
}
