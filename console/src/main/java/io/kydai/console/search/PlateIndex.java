package io.kydai.console.search;

import io.kydai.analytics.alert.Plate;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The index of plates: which report has which plates, and under which three characters they are
 * found. A pattern is looked for by the rarest three characters that it has, in the order of the
 * reports, and each report's plates are then held against the whole pattern.
 */
final class PlateIndex {
  private PlateIndex() {}

  /** Writes the plates that a report has now, in place of those that it had. */
  static void add(Handle db, Report report) {
    Set<String> now =
        new HashSet<>(report.participants().plates().stream().map(Plate::text).toList());
    Set<String> before =
        Set.copyOf(
            db.createQuery("SELECT plate FROM report_plate WHERE report = :report")
                .bind("report", report.id().value())
                .mapTo(String.class)
                .list());
    if (now.equals(before)) {
      return;
    }
    before.stream()
        .filter(plate -> !now.contains(plate))
        .forEach(plate -> remove(db, report, plate));
    now.stream()
        .filter(plate -> !before.contains(plate))
        .forEach(plate -> insert(db, report, plate));
  }

  /**
   * What leads to the plate stays: another plate of the report may have it, and a report is not
   * found without the plate itself.
   */
  private static void remove(Handle db, Report report, String plate) {
    db.createUpdate("DELETE FROM report_plate WHERE report = :report AND plate = :plate")
        .bind("report", report.id().value())
        .bind("plate", plate)
        .execute();
  }

  private static void insert(Handle db, Report report, String plate) {
    ReportId id = report.id();
    db.createUpdate("INSERT INTO report_plate (report, plate) VALUES (:report, :plate)")
        .bind("report", id.value())
        .bind("plate", plate)
        .execute();
    // Of whatever form it is, somebody may have written it into a reason before it was read.
    db.createUpdate("DELETE FROM report_word WHERE word = :word AND report = :report")
        .bind("word", plate.toLowerCase(Locale.ROOT))
        .bind("report", id.value())
        .execute();
    for (String gram : Set.copyOf(grams(plate))) {
      db.createUpdate(
              "INSERT INTO plate_gram (gram, report) VALUES (:gram, :report)"
                  + " ON CONFLICT (gram, report) DO NOTHING")
          .bind("gram", gram)
          .bind("report", id.value())
          .execute();
    }
  }

  /** Returns what a plate is found by. */
  private static List<String> grams(String plate) {
    return PlatePattern.grams(PlatePattern.BEGIN + plate + PlatePattern.END);
  }
}
