package io.kydai.console.recordings;

import static java.util.Objects.requireNonNull;

import io.kydai.console.store.Database;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.disk.SegmentNames;
import io.kydai.streaming.recording.index.DeletionReason;
import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.KnownDisk;
import io.kydai.streaming.recording.index.Move;
import io.kydai.streaming.recording.index.RecordedDay;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.RecordingIndex;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.index.StreamRole;
import io.kydai.streaming.recording.index.ThinningIndex;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The index of recordings in the database. Each method is one transaction or one snapshot; a fault
 * of the database is thrown. Safe for many threads.
 */
public final class RecordingTable implements RecordingIndex {
  private static final long NANOS = 1_000_000_000L;
  static final String COLUMNS = "file, camera, start_at, end_at, bytes, state, disk";

  private static final String OF_STREAM = "camera = :camera AND stream = :stream";

  /** Overlapped by no case that is still to be made. */
  static final String NOT_EXPORTED =
      "NOT EXISTS (SELECT 1 FROM exported_case e JOIN exported_case_camera c ON"
          + " c.exported_case = e.id WHERE e.state IN ('queued', 'running') AND c.camera ="
          + " recording_segment.camera AND e.from_at < recording_segment.end_at AND e.to_at >"
          + " recording_segment.start_at)";

  /** Closed, and overlapped neither by a hold that lasts nor by a case that is still to be made. */
  static final String DELETABLE =
      "state = 'closed' AND NOT EXISTS (SELECT 1 FROM recording_hold h WHERE h.camera ="
          + " recording_segment.camera AND h.from_at < recording_segment.end_at AND h.to_at >"
          + " recording_segment.start_at AND (h.expires_at IS NULL OR h.expires_at > :now))"
          + " AND "
          + NOT_EXPORTED;

  private final Database database;
  private final Clock clock;

  public RecordingTable(Database database, Clock clock) {
    this.database = requireNonNull(database);
    this.clock = requireNonNull(clock);
  }

  @Override
  public void put(Segment segment) {
    write(segment, null);
  }

  @Override
  public void close(Segment segment, String sha256) {
    write(segment, sha256);
  }

  private void write(Segment segment, @Nullable String sha256) {
    database.inTransaction(db -> write(db, segment, sha256));
  }

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

  @Override
  public void put(Gap gap) {
    database.inTransaction(db -> GapTable.put(db, gap));
  }

  @Override
  public boolean release(Segment segment, DeletionReason reason) {
    return database.inTransaction(
        db -> {
          Optional<Indexed> row = find(db, segment.file());
          Instant now = clock.instant();
          int removed = delete(db, segment, now);
          GapTable.removeBefore(db, segment);
          if (removed == 0 || row.isEmpty()) {
            return false;
          }
          boolean wasHeld = reason == DeletionReason.AGE && wasHeld(db, row.get().segment());
          DeletedFileTable.insert(
              db, row.get(), wasHeld ? DeletionReason.HOLD_EXPIRED : reason, now, null);
          return true;
        });
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

  /** Whether there was a hold, which has expired. One that somebody ended leaves no row. */
  private static boolean wasHeld(Handle db, Segment segment) {
    return db.createQuery(
                "SELECT COUNT(*) FROM recording_hold WHERE camera = :camera AND from_at < :end"
                    + " AND to_at > :start")
            .bind("camera", segment.camera().value())
            .bind("start", nanos(segment.start()))
            .bind("end", nanos(segment.end()))
            .mapTo(Long.class)
            .one()
        > 0;
  }

  @Override
  public void restore(Indexed row) {
    database.inTransaction(
        db -> {
          DeletedFileTable.remove(db, row.segment().file());
          return write(db, row.segment(), row.sha256());
        });
  }

  @Override
  public List<Indexed> released(int limit) {
    return database.inSnapshot(db -> DeletedFileTable.newest(db, limit));
  }

  @Override
  public void remove(Segment segment) {
    database.inTransaction(
        db -> {
          db.createUpdate("DELETE FROM recording_segment WHERE file = :file")
              .bind("file", segment.file())
              .execute();
          return GapTable.removeBefore(db, segment);
        });
  }

  @Override
  public List<Segment> open() {
    return database.inSnapshot(
        db ->
            db.createQuery("SELECT " + COLUMNS + " FROM recording_segment WHERE state = 'open'")
                .map((row, context) -> segment(row))
                .list());
  }

  @Override
  public List<Segment> segments(CameraId camera, Instant from, Instant to, int limit) {
    return overlapping(camera, null, from, to, limit);
  }

  @Override
  public List<Segment> segments(RecordedStream stream, Instant from, Instant to, int limit) {
    return overlapping(stream.camera(), stream.role(), from, to, limit);
  }

  private List<Segment> overlapping(
      CameraId camera, @Nullable StreamRole role, Instant from, Instant to, int limit) {
    return database.inSnapshot(
        db -> {
          Query query =
              db.createQuery(
                  "SELECT "
                      + COLUMNS
                      + " FROM recording_segment WHERE "
                      + (role == null ? "camera = :camera" : OF_STREAM)
                      + " AND start_at < :to AND (end_at > :from OR state = 'open')"
                      + " ORDER BY start_at LIMIT :limit");
          if (role != null) {
            query.bind("stream", name(role));
          }
          return query
              .bind("camera", camera.value())
              .bind("from", nanos(from))
              .bind("to", nanos(to))
              .bind("limit", limit)
              .map((row, context) -> segment(row))
              .list();
        });
  }

  @Override
  public List<Segment> newest(RecordedStream stream, int limit) {
    return database.inSnapshot(
        db ->
            db.createQuery(
                    "SELECT "
                        + COLUMNS
                        + " FROM recording_segment WHERE "
                        + OF_STREAM
                        + " ORDER BY start_at DESC LIMIT :limit")
                .bind("camera", stream.camera().value())
                .bind("stream", name(stream.role()))
                .bind("limit", limit)
                .map((row, context) -> segment(row))
                .list());
  }

  @Override
  public List<Gap> gaps(CameraId camera, Instant from, Instant to, int limit) {
    return database.inSnapshot(db -> GapTable.of(db, camera, null, from, to, limit));
  }

  @Override
  public List<Gap> gaps(RecordedStream stream, Instant from, Instant to, int limit) {
    return database.inSnapshot(
        db -> GapTable.of(db, stream.camera(), stream.role(), from, to, limit));
  }

  @Override
  public List<Segment> after(String disk, String file, int limit) {
    return database.inSnapshot(
        db ->
            db.createQuery(
                    "SELECT "
                        + COLUMNS
                        + " FROM recording_segment WHERE disk = :disk AND file > :file ORDER BY file"
                        + " LIMIT :limit")
                .bind("disk", disk)
                .bind("file", file)
                .bind("limit", limit)
                .map((row, context) -> segment(row))
                .list());
  }

  @Override
  public Optional<Indexed> find(String file) {
    return database.inSnapshot(db -> find(db, file));
  }

  static Optional<Indexed> find(Handle db, String file) {
    return db.createQuery(
            "SELECT " + COLUMNS + ", sha256 FROM recording_segment WHERE file = :file")
        .bind("file", file)
        .map((row, context) -> new Indexed(segment(row), row.getString("sha256")))
        .findOne();
  }

  @Override
  public long count() {
    return database.inSnapshot(
        db -> db.createQuery("SELECT COUNT(*) FROM recording_segment").mapTo(Long.class).one());
  }

  @Override
  public List<CameraId> cameras() {
    return database.inSnapshot(
        db ->
            db.createQuery("SELECT DISTINCT camera FROM recording_segment")
                .mapTo(String.class)
                .map(CameraId::new)
                .list());
  }

  @Override
  public List<Segment> deletable(String disk, RecordedStream stream, Instant before, int limit) {
    return database.inSnapshot(
        db ->
            db.createQuery(
                    "SELECT "
                        + COLUMNS
                        + " FROM recording_segment WHERE "
                        + OF_STREAM
                        + " AND disk = :disk"
                        + " AND start_at < :before AND end_at < :before AND "
                        + DELETABLE
                        + " ORDER BY start_at LIMIT :limit")
                .bind("camera", stream.camera().value())
                .bind("stream", name(stream.role()))
                .bind("disk", disk)
                .bind("before", nanos(before))
                .bind("now", nanos(clock.instant()))
                .bind("limit", limit)
                .map((row, context) -> segment(row))
                .list());
  }

  @Override
  public List<Segment> deletable(Collection<String> disks, int limit) {
    if (disks.isEmpty()) {
      return List.of();
    }
    return database.inSnapshot(
        db ->
            db.createQuery(
                    "SELECT "
                        + COLUMNS
                        + " FROM recording_segment WHERE disk IN (<disks>) AND "
                        + DELETABLE
                        + " ORDER BY start_at LIMIT :limit")
                .bindList("disks", List.copyOf(disks))
                .bind("now", nanos(clock.instant()))
                .bind("limit", limit)
                .map((row, context) -> segment(row))
                .list());
  }

  @Override
  public List<RecordedDay> days(Instant until) {
    return database.inSnapshot(
        db ->
            db.createQuery(
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
                .list());
  }

  @Override
  public List<Segment> movable(
      Collection<String> disks, CameraId camera, Instant before, int limit) {
    if (disks.isEmpty()) {
      return List.of();
    }
    return database.inSnapshot(
        db ->
            db.createQuery(
                    "SELECT "
                        + COLUMNS
                        + " FROM recording_segment WHERE disk IN (<disks>) AND camera = :camera"
                        + " AND state = 'closed' AND"
                        + " start_at < :before AND end_at < :before AND "
                        + NOT_EXPORTED
                        + " ORDER BY start_at LIMIT :limit")
                .bindList("disks", List.copyOf(disks))
                .bind("camera", camera.value())
                .bind("before", nanos(before))
                .bind("limit", limit)
                .map((row, context) -> segment(row))
                .list());
  }

  @Override
  public void begin(Move move) {
    database.inTransaction(db -> MoveTable.put(db, move));
  }

  @Override
  public boolean complete(Move move) {
    return database.inTransaction(db -> MoveTable.complete(db, move));
  }

  @Override
  public void end(Move move) {
    database.inTransaction(db -> MoveTable.remove(db, move));
  }

  @Override
  public List<Move> moves() {
    return database.inSnapshot(MoveTable::all);
  }

  @Override
  public ThinningIndex thinning() {
    return new ThinningTable(database, clock);
  }

  @Override
  public List<KnownDisk> disks() {
    return database.inSnapshot(DiskTable::all);
  }

  @Override
  public void put(KnownDisk disk) {
    database.inTransaction(db -> DiskTable.put(db, disk));
  }

  @Override
  public void adopt(String disk) {
    database.inTransaction(db -> DiskTable.adopt(db, disk));
  }

  @Override
  public long totalBytes() {
    return database.inSnapshot(RecordingTable::sum);
  }

  private static long sum(Handle db) {
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

  static String name(StreamRole role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  static StreamRole role(String name) {
    return StreamRole.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Nanoseconds since 1970; the nearest that 64 bits can hold, which reach from 1677 to 2262. */
  static long nanos(Instant time) {
    if (time.getEpochSecond() >= Long.MAX_VALUE / NANOS) {
      return Long.MAX_VALUE;
    }
    if (time.getEpochSecond() <= Long.MIN_VALUE / NANOS) {
      return Long.MIN_VALUE;
    }
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
  }

  static Instant time(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }
}
