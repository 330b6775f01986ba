package io.kydai.console.recordings;

import static java.util.Objects.requireNonNull;

import io.kydai.console.store.Database;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The days on which a camera's alerts began, for a calendar. Safe for many threads. */
public final class AlertDays {
  private final Database database;

  public AlertDays(Database database) {
    this.database = requireNonNull(database);
  }

  /**
   * Returns the days. Each row of the camera in the queue is looked at; only times are read.
   *
   * @param receivedFrom reports that were received before it are left out
   * @param zone in which days begin
   */
  public SortedSet<LocalDate> of(
      CameraId camera, Instant from, Instant to, Instant receivedFrom, ZoneId zone) {
    return database.inSnapshot(
        db ->
            db
                .createQuery(
                    "SELECT started_at FROM report WHERE camera = :camera AND started_at >= :from"
                        + " AND started_at < :to AND received_at >= :received")
                .bind("camera", camera.value())
                .bind("from", from.toEpochMilli())
                .bind("to", to.toEpochMilli())
                .bind("received", receivedFrom.toEpochMilli())
                .mapTo(Long.class)
                .stream()
                .map(started -> LocalDate.ofInstant(Instant.ofEpochMilli(started), zone))
                .collect(Collectors.toCollection(TreeSet::new)));
  }
}
