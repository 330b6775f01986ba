package io.kydai.console.recordings;

import static io.kydai.console.recordings.StoredValues.name;
import static io.kydai.console.recordings.StoredValues.nanos;
import static io.kydai.console.recordings.StoredValues.time;

import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.Segment;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The gaps of recordings, within a transaction of the index. */
final class GapTable {
  private GapTable() {}

  static int put(Handle db, Gap gap) {
    return db.createUpdate(
            "INSERT INTO recording_gap (camera, stream, from_at, to_at, reason)"
                + " VALUES (:camera, :stream, :from, :to, :reason)"
                + " ON CONFLICT (camera, from_at, stream)"
                + " DO UPDATE SET to_at = excluded.to_at, reason = excluded.reason")
        .bind("camera", gap.camera().value())
        .bind("stream", name(gap.stream()))
        .bind("from", nanos(gap.from()))
        .bind("to", nanos(gap.to()))
        .bind("reason", gap.reason().name())
        .execute();
  }

  /** Removes the gaps that end before a stream's oldest segment, which is about to go, begins. */
  static int removeBefore(Handle db, Segment segment) {
    return db.createUpdate(
            "DELETE FROM recording_gap WHERE camera = :camera AND stream = :stream"
                + " AND to_at <= :start AND NOT EXISTS (SELECT 1 FROM recording_segment s WHERE"
                + " s.camera = :camera AND s.stream = :stream AND s.start_at < :start)")
        .bind("camera", segment.camera().value())
        .bind("stream", name(segment.stream()))
        .bind("start", nanos(segment.start()))
        .execute();
  }

  /**
   * Returns the gaps that overlap a span, in the order of their beginning.
   *
   * @param role of one stream; null for those of both
   */
  static List<Gap> of(
      Handle db, CameraId camera, @Nullable StreamRole role, Instant from, Instant to, int limit) {
    Query query =
        db.createQuery(
            "SELECT stream, from_at, to_at, reason FROM recording_gap WHERE camera = :camera"
                + (role == null ? "" : " AND stream = :stream")
                + " AND from_at < :to AND to_at > :from ORDER BY from_at LIMIT :limit");
    if (role != null) {
      query.bind("stream", name(role));
    }
    return query
        .bind("camera", camera.value())
        .bind("from", nanos(from))
        .bind("to", nanos(to))
        .bind("limit", limit)
        .map(
            (row, context) ->
                new Gap(
                    camera,
                    StoredValues.role(row.getString("stream")),
                    time(row.getLong("from_at")),
                    time(row.getLong("to_at")),
                    Gap.Reason.valueOf(row.getString("reason"))))
        .list();
  }
}
