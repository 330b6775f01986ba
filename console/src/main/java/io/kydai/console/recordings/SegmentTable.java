package io.kydai.console.recordings;

import static io.kydai.console.recordings.StoredValues.name;
import static io.kydai.console.recordings.StoredValues.nanos;
import static io.kydai.console.recordings.StoredValues.role;
import static io.kydai.console.recordings.StoredValues.time;

import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.recording.disk.SegmentNames;
import io.kydai.streaming.recording.index.RecordedDay;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.RecordingIndex.Indexed;
import io.kydai.streaming.recording.index.Segment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The segments of recordings, within a transaction of the index. */
final class SegmentTable {
  private static final String COLUMNS = "file, camera, start_at, end_at, bytes, state, disk";

  private static final String OF_STREAM = "camera = :camera AND stream = :stream";

  /** Overlapped by no case that is still to be made. */
  static final String NOT_EXPORTED =
      "NOT EXISTS (SELECT 1 FROM exported_case e JOIN exported_case_camera c ON"
          + " c.exported_case = e.id WHERE e.state IN ('queued', 'running') AND c.camera ="
          + " recording_segment.camera AND e.from_at < recording_segment.end_at AND e.to_at >"
          + " recording_segment.start_at)";

  /** Closed, and overlapped neither by a hold that lasts nor by a case that is still to be made. */
  private static final String DELETABLE =
      "state = 'closed' AND NOT EXISTS (SELECT 1 FROM recording_hold h WHERE h.camera ="
          + " recording_segment.camera AND h.from_at < recording_segment.end_at AND h.to_at >"
          + " recording_segment.start_at AND (h.expires_at IS NULL OR h.expires_at > :now))"
          + " AND "
          + NOT_EXPORTED;

  private SegmentTable() {}

  static int write(Handle db, Segment segment, @Nullable String sha256) {
    return db.createUpdate(
            "INSERT INTO recording_segment ("
                + COLUMNS
                + ", stream, sha256, thinnable) VALUES (:file, :camera, :start, :end, :bytes,"
                + " :state, :disk, :stream, :sha256, :thinnable)"
                + " ON CONFLICT (file) DO UPDATE SET start_at = excluded.start_at,"
                + " end_at = excluded.end_at, bytes = excluded.bytes,"
                + " state = excluded.state, disk = excluded.disk, sha256 = excluded.sha256")
        .bind("file", segment.file())
        .bind("camera", segment.camera().value())
        .bind("start", nanos(segment.start()))
        .bind("end", nanos(segment.end()))
        .bind("bytes", segment.bytes())
        .bind("state", segment.open() ? "open" : "closed")
        .bind("sha256", sha256)
        .bind("disk", segment.disk())
        .bind("stream", name(segment.stream()))
        .bind("thinnable", SegmentNames.isThinned(segment.file()) ? 0 : 1)
        .execute();
  }

  /** Removes the row of a file that may go, and returns how many rows that were. */
  static int delete(Handle db, Segment segment, Instant now) {
    return db.createUpdate(
            "DELETE FROM recording_segment WHERE file = :file AND disk = :disk AND " + DELETABLE)
        .bind("file", segment.file())
        .bind("disk", segment.disk())
        .bind("now", nanos(now))
        .execute();
  }

  static int remove(Handle db, Segment segment) {
    return db.createUpdate("DELETE FROM recording_segment WHERE file = :file")
        .bind("file", segment.file())
        .execute();
  }

  /** Returns the query of the segments of a condition, and what follows it. */
  private static Query select(Handle db, String condition) {
    return db.createQuery("SELECT " + COLUMNS + " FROM recording_segment WHERE " + condition);
  }

  private static List<Segment> list(Query query) {
    return query.map((row, context) -> segment(row)).list();
  }

  static List<Segment> open(Handle db) {
    return list(select(db, "state = 'open'"));
  }

  /**
   * Returns the segments that overlap a span, in the order of their beginning.
   *
   * @param role of one stream; null for those of both
   */
  static List<Segment> overlapping(
      Handle db, CameraId camera, @Nullable StreamRole role, Instant from, Instant to, int limit) {
    Query query =
        select(
            db,
            (role == null ? "camera = :camera" : OF_STREAM)
                + " AND start_at < :to AND (end_at > :from OR state = 'open')"
                + " ORDER BY start_at LIMIT :limit");
    if (role != null) {
      query.bind("stream", name(role));
    }
    return list(
        query
            .bind("camera", camera.value())
            .bind("from", nanos(from))
            .bind("to", nanos(to))
            .bind("limit", limit));
  }

  static List<Segment> newest(Handle db, RecordedStream stream, int limit) {
    return list(
        select(db, OF_STREAM + " ORDER BY start_at DESC LIMIT :limit")
            .bind("camera", stream.camera().value())
            .bind("stream", name(stream.role()))
            .bind("limit", limit));
  }

  static List<Segment> after(Handle db, String disk, String file, int limit) {
    return list(
        select(db, "disk = :disk AND file > :file ORDER BY file LIMIT :limit")
            .bind("disk", disk)
            .bind("file", file)
            .bind("limit", limit));
  }

  static Optional<Indexed> find(Handle db, String file) {
    return db.createQuery(
            "SELECT " + COLUMNS + ", sha256 FROM recording_segment WHERE file = :file")
        .bind("file", file)
        .map((row, context) -> new Indexed(segment(row), row.getString("sha256")))
        .findOne();
  }

  static long count(Handle db) {
    return db.createQuery("SELECT COUNT(*) FROM recording_segment").mapTo(Long.class).one();
  }

  static List<CameraId> cameras(Handle db) {
    return db.createQuery("SELECT DISTINCT camera FROM recording_segment")
        .mapTo(String.class)
        .map(CameraId::new)
        .list();
  }

  static List<Segment> deletable(
      Handle db, String disk, RecordedStream stream, Instant before, Instant now, int limit) {
    return list(
        select(
                db,
                OF_STREAM
                    + " AND disk = :disk AND start_at < :before AND end_at < :before AND "
                    + DELETABLE
                    + " ORDER BY start_at LIMIT :limit")
            .bind("camera", stream.camera().value())
            .bind("stream", name(stream.role()))
            .bind("disk", disk)
            .bind("before", nanos(before))
            .bind("now", nanos(now))
            .bind("limit", limit));
  }

  /**
   * Returns what may be deleted of disks, the oldest first.
   *
   * @param disks at least one
   */
  static List<Segment> deletable(Handle db, Collection<String> disks, Instant now, int limit) {
    return list(
        select(db, "disk IN (<disks>) AND " + DELETABLE + " ORDER BY start_at LIMIT :limit")
            .bindList("disks", List.copyOf(disks))
            .bind("now", nanos(now))
            .bind("limit", limit));
  }

  /**
   * Returns what may be moved from disks, the oldest first.
   *
   * @param disks at least one
   */
  static List<Segment> movable(
      Handle db, Collection<String> disks, CameraId camera, Instant before, int limit) {
    return list(
        select(
                db,
                "disk IN (<disks>) AND camera = :camera AND state = 'closed' AND"
                    + " start_at < :before AND end_at < :before AND "
                    + NOT_EXPORTED
                    + " ORDER BY start_at LIMIT :limit")
            .bindList("disks", List.copyOf(disks))
            .bind("camera", camera.value())
            .bind("before", nanos(before))
            .bind("limit", limit));
  }

  /** Returns what may be thinned of a camera on a disk, the oldest first. */
  static List<Segment> thinnable(
      Handle db, String disk, CameraId camera, Instant before, Instant now, int limit) {
    return list(
        select(
                db,
                "disk = :disk AND camera = :camera AND thinnable = 1"
                    + " AND start_at < :before AND end_at < :before AND "
                    + DELETABLE
                    + " ORDER BY start_at LIMIT :limit")
            .bind("disk", disk)
            .bind("camera", camera.value())
            .bind("before", nanos(before))
            .bind("now", nanos(now))
            .bind("limit", limit));
  }

  static List<RecordedDay> days(Handle db, Instant until) {
    return db.createQuery(
            "SELECT camera, stream, age, CAST(SUM(bytes) AS BIGINT) AS size, CAST(SUM(CASE"
                + " WHEN thinnable = 0 THEN bytes ELSE 0 END) AS BIGINT) AS thinned,"
                + " MIN(start_at) AS first_at FROM (SELECT camera, stream, bytes,"
                + " thinnable, start_at, (CAST(:until AS BIGINT) - start_at) /"
                + " 86400000000000 AS age FROM recording_segment) day"
                + " GROUP BY camera, stream, age")
        .bind("until", nanos(until))
        .map(
            (row, context) ->
                new RecordedDay(
                    new CameraId(row.getString("camera")),
                    role(row.getString("stream")),
                    row.getLong("age"),
                    row.getLong("size"),
                    row.getLong("thinned"),
                    time(row.getLong("first_at"))))
        .list();
  }

  static long totalBytes(Handle db) {
    return db.createQuery("SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM recording_segment")
        .mapTo(Long.class)
        .one();
  }

  static Segment segment(ResultSet row) throws SQLException {
    return new Segment(
        new CameraId(row.getString("camera")),
        row.getString("file"),
        time(row.getLong("start_at")),
        time(row.getLong("end_at")),
        row.getLong("bytes"),
        row.getString("state").equals("open"),
        row.getString("disk"));
  }
}
