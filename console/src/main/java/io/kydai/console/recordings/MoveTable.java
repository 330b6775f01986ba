package io.kydai.console.recordings;

import io.kydai.streaming.recording.index.Move;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The moves of recordings that are under way, as rows. Every method works on a transaction. */
final class MoveTable {
  private MoveTable() {}

  static int put(Handle db, Move move) {
    return db.createUpdate(
            "INSERT INTO recording_move (file, from_disk, to_disk) VALUES (:file, :from, :to)"
                + " ON CONFLICT (file) DO UPDATE SET from_disk = excluded.from_disk,"
                + " to_disk = excluded.to_disk")
        .bind("file", move.file())
        .bind("from", move.from())
        .bind("to", move.to())
        .execute();
  }

  static int remove(Handle db, Move move) {
    return db.createUpdate("DELETE FROM recording_move WHERE file = :file")
        .bind("file", move.file())
        .execute();
  }

  static List<Move> all(Handle db) {
    return db.createQuery("SELECT file, from_disk, to_disk FROM recording_move ORDER BY file")
        .map(
            (row, context) ->
                new Move(
                    row.getString("file"), row.getString("from_disk"), row.getString("to_disk")))
        .list();
  }

  /**
   * Has the index name the file's new disk.
   *
   * @return whether it was where the move began, and no case is to be made of it
   */
  static boolean complete(Handle db, Move move) {
    return db.createUpdate(
                "UPDATE recording_segment SET disk = :to WHERE file = :file AND disk ="
                    + " :from AND state = 'closed' AND "
                    + SegmentTable.NOT_EXPORTED)
            .bind("to", move.to())
            .bind("file", move.file())
            .bind("from", move.from())
            .execute()
        > 0;
  }
}
