package io.kydai.console.search;

import io.kydai.console.audit.Actor;
import io.kydai.console.reports.Decision;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportConsequences;
import io.kydai.console.reports.ReportId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Keeps the inverted index of reports, in the transactions of the report queue: the words of the
 * rule's reason as it was when the report came in, the camera, the rule and its type, the agencies,
 * and the reasons of steps; but no plates, which have an index of their own. An index of words in
 * plain tables is the same on both databases, and a search walks it in the order of the reports, so
 * that the last page is found as the first one is.
 */
public final class SearchIndex implements ReportConsequences {
  /** What was wrong with a camera, and when, is found as any other history is. */
  @Override
  public boolean ofMaintenance() {
    return true;
  }

  @Override
  public Optional<Decision> received(Handle db, Report report) {
    List<String> texts = new ArrayList<>();
    texts.add(report.origin().camera().value());
    texts.add(report.origin().type());
    texts.add(report.origin().rule().value());
    texts.add(PlateText.without(report.finding().reason()));
    add(db, report.id(), texts);
    PlateIndex.add(db, report);
    return Optional.empty();
  }

  @Override
  public Optional<Decision> acted(
      Handle db, Report before, Report after, Report.Step step, Actor actor) {
    List<String> texts = new ArrayList<>();
    String reason = step.reason();
    if (reason != null) {
      texts.add(PlateText.without(reason));
    }
    String agency = step.agency();
    if (agency != null) {
      texts.add(agency);
    }
    add(db, after.id(), texts);
    return Optional.empty();
  }

  @Override
  public void read(Handle db, Report report) {
    PlateIndex.add(db, report);
  }

  private static void add(Handle db, ReportId report, List<String> texts) {
    for (String word : SearchWords.indexed(texts)) {
      db.createUpdate(
              "INSERT INTO report_word (word, report) VALUES (:word, :report)"
                  + " ON CONFLICT (word, report) DO NOTHING")
          .bind("word", word)
          .bind("report", report.value())
          .execute();
    }
  }
}
