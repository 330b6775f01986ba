package io.kydai.console.recordings;

import io.kydai.console.store.Database;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.index.DeletionReason;
import io.kydai.streaming.recording.index.RecordingIndex.Indexed;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.index.ThinningIndex;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the index in the database knows of the thinning of recordings. Safe for many threads. */
record ThinningTable(Database database, Clock clock) implements ThinningIndex {
  @Override
  public List<Segment> due(String disk, CameraId camera, Instant before, int limit) {
    return database.inSnapshot(
        db -> SegmentTable.thinnable(db, disk, camera, before, clock.instant(), limit));
  }

  @Override
  public void spare(Segment segment) {
    database.inTransaction(
        db ->
            db.createUpdate("UPDATE recording_segment SET thinnable = 0 WHERE file = :file")
                .bind("file", segment.file())
                .execute());
  }

  @Override
  public void begin(Note note) {
    database.inTransaction(
        db ->
            db.createUpdate(
                    "INSERT INTO recording_thinning (file, disk) VALUES (:file, :disk)"
                        + " ON CONFLICT (file) DO UPDATE SET disk = excluded.disk")
                .bind("file", note.file())
                .bind("disk", note.disk())
                .execute());
  }

  @Override
  public boolean complete(Segment first, Segment thinned, String sha256) {
    return database.inTransaction(
        db -> {
          Optional<Indexed> row = SegmentTable.find(db, first.file());
          Instant now = clock.instant();
          if (row.isEmpty() || SegmentTable.delete(db, first, now) == 0) {
            return false;
          }
          SegmentTable.write(db, thinned, sha256);
          DeletedFileTable.insert(
              db,
              row.get(),
              DeletionReason.THINNED,
              now,
              new DeletedFile.Successor(thinned.file(), thinned.bytes(), sha256));
          return true;
        });
  }

  @Override
  public void end(Note note) {
    database.inTransaction(
        db ->
            db.createUpdate("DELETE FROM recording_thinning WHERE file = :file")
                .bind("file", note.file())
                .execute());
  }

  @Override
  public List<Note> notes() {
    return database.inSnapshot(
        db ->
            db.createQuery("SELECT file, disk FROM recording_thinning ORDER BY file")
                .map((row, context) -> new Note(row.getString("file"), row.getString("disk")))
                .list());
  }
}
