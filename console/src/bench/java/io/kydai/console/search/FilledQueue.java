package io.kydai.console.search;

import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.util.List;

/**
 * A database with many reports, each with a picture, a clip, words and a plate, two to an incident.
 */
final class FilledQueue {
  private static final int STATEMENT = 20_000;

  private FilledQueue() {}

  static void fill(Database database, int reports) {
    String id = "'01JD' || substr(CAST(10000000000 + i AS TEXT), 2) || '000000000000'";
    // A camera's reports are 200 apart, and two of them are an incident.
    String incident = id.replace("+ i ", "+ i - (i / 200) % 2 * 200 ");
    for (int from = 1; from <= reports; from += STATEMENT) {
      String numbers =
          "WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
              .formatted(from, Math.min(reports, from + STATEMENT - 1));
      List<String> statements =
          List.of(
              numbers
                  + "INSERT INTO report (id, alert_id, camera, rule_id, type, state, received_at,"
                  + " started_at, last_seen_at, ended_at, reason, measures, tracks, plates, agency,"
                  + " clip_awaited, incident) SELECT "
                  + id
                  + ", 'a' || CAST(i AS TEXT), 'c' || CAST(i % 200 AS TEXT), 'r', 't'"
                  + " || CAST(i % 12 AS TEXT), CASE WHEN i % 20 = 0 THEN 'VERIFIED'"
                  + " ELSE 'REJECTED' END, i, i, i, i, 'a vehicle against the arrow of ''lane-1''',"
                  + " '{\"seconds\":3.5}', '[7]', '[{\"text\":\"75F1'"
                  + " || substr(CAST(1000000 + i AS TEXT), 3) || '\",\"confidence\":0.9,\"votes\":3,"
                  + "\"frames\":4,\"track\":7}]', 'a' || CAST(i % 226 AS TEXT), 0, "
                  + incident
                  + " FROM n",
              numbers
                  + "INSERT INTO incident (id, camera, rule_id, type, priority, first_at, last_at,"
                  + " received_at, last_report, reports, to_check, with_agency, done, tab) SELECT "
                  + id
                  + ", 'c' || CAST(i % 200 AS TEXT), 'r', CASE WHEN i % 10000 = 7 THEN '"
                  + QueuePages.RARE
                  + "' ELSE 't' || CAST(i % 12 AS TEXT) END, 3, i, i, i, "
                  + id
                  + ", 2, CASE WHEN i % 20 = 0 THEN 2 ELSE 0 END, 0,"
                  + " CASE WHEN i % 20 = 0 THEN 0 ELSE 2 END,"
                  + " CASE WHEN i % 20 = 0 THEN 1 ELSE 3 END FROM n WHERE (i / 200) % 2 = 0",
              numbers + "INSERT INTO report_word (word, report) SELECT 'xe', " + id + " FROM n",
              numbers
                  + "INSERT INTO report_word (word, report) SELECT 'hiem', "
                  + id
                  + " FROM n WHERE i % 500 = 0",
              numbers
                  + "INSERT INTO evidence (report, number, name, media_type, size, sha256) SELECT "
                  + id
                  + ", 1, 'snapshot.jpg', 'image/jpeg', 60000, '"
                  + "0".repeat(64)
                  + "' FROM n",
              numbers
                  + "INSERT INTO evidence (report, number, name, media_type, size, sha256) SELECT "
                  + id
                  + ", 2, 'clip.mp4', 'video/mp4', 2000000, '"
                  + "0".repeat(64)
                  + "' FROM n",
              numbers
                  + "INSERT INTO report_plate (report, plate) SELECT "
                  + id
                  + ", '75F1' || substr(CAST(1000000 + i AS TEXT), 3) FROM n",
              numbers
                  + ", g (p) AS (SELECT 1 UNION ALL SELECT p + 1 FROM g WHERE p < 9)"
                  + " INSERT INTO plate_gram (gram, report) SELECT DISTINCT substr('^75F1'"
                  + " || substr(CAST(1000000 + i AS TEXT), 3) || '$', p, 3), "
                  + id
                  + " FROM n, g ORDER BY 1, 2");
      statements.forEach(sql -> database.inTransaction(db -> db.execute(sql)));
    }
    if (TestDatabase.isPostgresql()) {
      database.inTransaction(db -> db.execute("ANALYZE"));
    }
  }
}
