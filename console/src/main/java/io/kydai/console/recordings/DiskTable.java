package io.kydai.console.recordings;

import io.kydai.streaming.recording.index.KnownDisk;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The disks that hold recordings, as rows. Every method works on the caller's transaction. */
final class DiskTable {
  private DiskTable() {}

  /** Returns the disks, also those of which only recordings know, with what is on each. */
  static List<KnownDisk> all(Handle db) {
    return db.createQuery(
            "SELECT id, folder, (SELECT COUNT(*) FROM recording_segment s WHERE s.disk ="
                + " d.id) AS segments, (SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM"
                + " recording_segment s WHERE s.disk = d.id) AS size FROM (SELECT id, folder"
                + " FROM recording_disk UNION SELECT DISTINCT disk, '' FROM"
                + " recording_segment WHERE disk NOT IN (SELECT id FROM recording_disk)) d"
                + " ORDER BY id")
        .map(
            (row, context) ->
                new KnownDisk(
                    row.getString("id"),
                    row.getString("folder"),
                    row.getLong("segments"),
                    row.getLong("size")))
        .list();
  }

  /** Adds a disk, or notes where it is now. */
  static int put(Handle db, KnownDisk disk) {
    return db.createUpdate(
            "INSERT INTO recording_disk (id, folder) VALUES (:id, :folder)"
                + " ON CONFLICT (id) DO UPDATE SET folder = excluded.folder")
        .bind("id", disk.id())
        .bind("folder", disk.folder())
        .execute();
  }

  /** Gives a disk what was recorded before disks had names. */
  static int adopt(Handle db, String disk) {
    db.createUpdate("UPDATE recording_deleted_file SET disk = :disk WHERE disk = ''")
        .bind("disk", disk)
        .execute();
    return db.createUpdate("UPDATE recording_segment SET disk = :disk WHERE disk = ''")
        .bind("disk", disk)
        .execute();
  }
}
