package io.kydai.console.recordings;

import io.kydai.console.recordings.DeletedFile.Successor;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.index.DeletionReason;
import io.kydai.streaming.recording.index.RecordingIndex.Indexed;
import io.kydai.streaming.recording.index.Segment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The deleted files as rows. Every method works on the caller's transaction. */
final class DeletedFileTable {
  private static final String COLUMNS =
      "file, camera, start_at, end_at, bytes, sha256, reason, deleted_at, disk, new_file,"
          + " new_bytes, new_sha256";

  private DeletedFileTable() {}

  static void insert(
      Handle db, Indexed row, DeletionReason reason, Instant now, @Nullable Successor successor) {
    Segment segment = row.segment();
    db.createUpdate(
            "INSERT INTO recording_deleted_file (id, "
                + COLUMNS
                + ") VALUES ((SELECT COALESCE(MAX(id), 0) + 1 FROM recording_deleted_file), :file,"
                + " :camera, :start, :end, :bytes, :sha256, :reason, :now, :disk, :newFile,"
                + " :newBytes, :newSha256)")
        .bind("newFile", successor == null ? null : successor.file())
        .bind("newBytes", successor == null ? null : successor.bytes())
        .bind("newSha256", successor == null ? null : successor.sha256())
        .bind("disk", segment.disk())
        .bind("file", segment.file())
        .bind("camera", segment.camera().value())
        .bind("start", StoredValues.nanos(segment.start()))
        .bind("end", StoredValues.nanos(segment.end()))
        .bind("bytes", segment.bytes())
        .bind("sha256", row.sha256())
        .bind("reason", reason.name())
        .bind("now", StoredValues.nanos(now))
        .execute();
  }

  /** Removes the newest row of a file, unless a signed record lists it. */
  static void remove(Handle db, String file) {
    db.createUpdate(
            "DELETE FROM recording_deleted_file WHERE id = (SELECT MAX(id) FROM"
                + " recording_deleted_file WHERE file = :file AND record IS NULL)")
        .bind("file", file)
        .execute();
  }

  static List<Indexed> newest(Handle db, int limit) {
    return db.createQuery(
            "SELECT " + COLUMNS + " FROM recording_deleted_file ORDER BY id DESC LIMIT :limit")
        .bind("limit", limit)
        .map(
            (row, context) -> {
              DeletedFile file = file(row);
              return new Indexed(
                  new Segment(
                      file.camera(),
                      file.file(),
                      file.start(),
                      file.end(),
                      file.bytes(),
                      false,
                      row.getString("disk")),
                  file.sha256());
            })
        .list();
  }

  /**
   * What no record lists yet.
   *
   * @param since when the first of them was deleted
   * @param until the id of the last that the next record lists
   */
  record Pending(long files, Instant since, long until) {}

  /** Returns what no record lists yet, of which at most a number counts; empty for nothing. */
  static Optional<Pending> pending(Handle db, int most) {
    return db.createQuery(
            "SELECT COUNT(*) AS files, COALESCE(MIN(deleted_at), 0) AS since,"
                + " COALESCE(MAX(id), 0) AS until FROM (SELECT id, deleted_at FROM"
                + " recording_deleted_file WHERE record IS NULL ORDER BY id LIMIT :most) waiting")
        .bind("most", most)
        .map(
            (row, context) ->
                new Pending(
                    row.getLong("files"),
                    StoredValues.time(row.getLong("since")),
                    row.getLong("until")))
        .findOne()
        .filter(found -> found.files() > 0);
  }

  /** Gives what no record lists yet, up to an id, to a record. */
  static void assign(Handle db, long until, long record) {
    db.createUpdate(
            "UPDATE recording_deleted_file SET record = :record WHERE record IS NULL AND id <="
                + " :until")
        .bind("record", record)
        .bind("until", until)
        .execute();
  }

  /** Returns the files that a record lists, in its order. */
  static List<DeletedFile> of(Handle db, long record) {
    return db.createQuery(
            "SELECT " + COLUMNS + " FROM recording_deleted_file WHERE record = :record ORDER BY id")
        .bind("record", record)
        .map((row, context) -> file(row))
        .list();
  }

  static long count(Handle db) {
    return db.createQuery("SELECT COUNT(*) FROM recording_deleted_file").mapTo(Long.class).one();
  }

  /** Returns the newest number that a file has for its record; 0 where none has one. */
  static long newestRecord(Handle db) {
    return db.createQuery("SELECT COALESCE(MAX(record), 0) FROM recording_deleted_file")
        .mapTo(Long.class)
        .one();
  }

  /**
   * Removes the lists of the oldest records.
   *
   * @param most how many files stay
   * @return the newest record of which the list is gone; that of before where nothing was removed
   */
  static long thin(Handle db, long most, long before) {
    long tooMany = count(db) - most;
    if (tooMany <= 0) {
      return before;
    }
    Optional<Long> last =
        db.createQuery(
                "SELECT record FROM recording_deleted_file WHERE record IS NOT NULL"
                    + " ORDER BY record, id LIMIT 1 OFFSET :skipped")
            .bind("skipped", tooMany - 1)
            .mapTo(Long.class)
            .findOne();
    if (last.isEmpty()) {
      return before;
    }
    db.createUpdate("DELETE FROM recording_deleted_file WHERE record <= :last")
        .bind("last", last.get())
        .execute();
    return last.get();
  }

  private static DeletedFile file(ResultSet row) throws SQLException {
    return new DeletedFile(
        row.getString("file"),
        new CameraId(row.getString("camera")),
        StoredValues.time(row.getLong("start_at")),
        StoredValues.time(row.getLong("end_at")),
        row.getLong("bytes"),
        row.getString("sha256"),
        DeletionReason.valueOf(row.getString("reason")),
        StoredValues.time(row.getLong("deleted_at")),
        successor(row));
  }

  private static @Nullable Successor successor(ResultSet row) throws SQLException {
    String file = row.getString("new_file");
    return file == null
        ? null
        : new Successor(file, row.getLong("new_bytes"), row.getString("new_sha256"));
  }
}
