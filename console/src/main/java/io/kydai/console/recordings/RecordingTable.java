package io.kydai.console.recordings;

import static java.util.Objects.requireNonNull;

import io.kydai.console.store.Database;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.index.DeletionReason;
import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.KnownDisk;
import io.kydai.streaming.recording.index.Move;
import io.kydai.streaming.recording.index.RecordedDay;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.RecordingIndex;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.index.ThinningIndex;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The index of recordings in the database. Each method is one transaction or one snapshot; a fault
 * of the database is thrown. Safe for many threads.
 */
public final class RecordingTable implements RecordingIndex {
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
    database.inTransaction(db -> SegmentTable.write(db, segment, sha256));
  }

  @Override
  public void put(Gap gap) {
    database.inTransaction(db -> GapTable.put(db, gap));
  }

  @Override
  public boolean release(Segment segment, DeletionReason reason) {
    return database.inTransaction(
        db -> {
          Optional<Indexed> row = SegmentTable.find(db, segment.file());
          Instant now = clock.instant();
          int removed = SegmentTable.delete(db, segment, now);
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

  /** Whether there was a hold, which has expired. One that somebody ended leaves no row. */
  private static boolean wasHeld(Handle db, Segment segment) {
    return db.createQuery(
                "SELECT COUNT(*) FROM recording_hold WHERE camera = :camera AND from_at < :end"
                    + " AND to_at > :start")
            .bind("camera", segment.camera().value())
            .bind("start", StoredValues.nanos(segment.start()))
            .bind("end", StoredValues.nanos(segment.end()))
            .mapTo(Long.class)
            .one()
        > 0;
  }

  @Override
  public void restore(Indexed row) {
    database.inTransaction(
        db -> {
          DeletedFileTable.remove(db, row.segment().file());
          return SegmentTable.write(db, row.segment(), row.sha256());
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
          SegmentTable.remove(db, segment);
          return GapTable.removeBefore(db, segment);
        });
  }

  @Override
  public List<Segment> open() {
    return database.inSnapshot(SegmentTable::open);
  }

  @Override
  public List<Segment> segments(CameraId camera, Instant from, Instant to, int limit) {
    return database.inSnapshot(db -> SegmentTable.overlapping(db, camera, null, from, to, limit));
  }

  @Override
  public List<Segment> segments(RecordedStream stream, Instant from, Instant to, int limit) {
    return database.inSnapshot(
        db -> SegmentTable.overlapping(db, stream.camera(), stream.role(), from, to, limit));
  }

  @Override
  public List<Segment> newest(RecordedStream stream, int limit) {
    return database.inSnapshot(db -> SegmentTable.newest(db, stream, limit));
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
    return database.inSnapshot(db -> SegmentTable.after(db, disk, file, limit));
  }

  @Override
  public Optional<Indexed> find(String file) {
    return database.inSnapshot(db -> SegmentTable.find(db, file));
  }

  @Override
  public long count() {
    return database.inSnapshot(SegmentTable::count);
  }

  @Override
  public List<CameraId> cameras() {
    return database.inSnapshot(SegmentTable::cameras);
  }

  @Override
  public List<Segment> deletable(String disk, RecordedStream stream, Instant before, int limit) {
    return database.inSnapshot(
        db -> SegmentTable.deletable(db, disk, stream, before, clock.instant(), limit));
  }

  @Override
  public List<Segment> deletable(Collection<String> disks, int limit) {
    return disks.isEmpty()
        ? List.of()
        : database.inSnapshot(db -> SegmentTable.deletable(db, disks, clock.instant(), limit));
  }

  @Override
  public List<RecordedDay> days(Instant until) {
    return database.inSnapshot(db -> SegmentTable.days(db, until));
  }

  @Override
  public List<Segment> movable(
      Collection<String> disks, CameraId camera, Instant before, int limit) {
    return disks.isEmpty()
        ? List.of()
        : database.inSnapshot(db -> SegmentTable.movable(db, disks, camera, before, limit));
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
    return database.inSnapshot(SegmentTable::totalBytes);
  }
}
