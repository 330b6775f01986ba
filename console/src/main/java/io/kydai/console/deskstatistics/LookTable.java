package io.kydai.console.deskstatistics;

import io.kydai.console.reports.VisibleReports;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Counts how the first and second looks at reports agreed, by who looked. */
final class LookTable {
  private static final int MAX_PAIRS = 2_000;

  /** The next step that a person took after another. */
  private static final String NEXT =
      "(SELECT MIN(next.number) FROM report_step AS next WHERE next.report = later.report"
          + " AND next.number > later.number AND next.action IS NOT NULL AND next.note IS NULL)";

  /** An agreement that was not taken back at once, or another step of a person. */
  private static final String STANDS =
      "later.action IS NOT NULL AND later.note IS NULL"
          + " AND NOT (later.action = 'REOPEN' AND later.state = 'SECOND_REVIEW')"
          + " AND NOT EXISTS (SELECT 1 FROM report_step AS back WHERE later.action = 'VERIFY'"
          + " AND back.report = later.report AND back.number = "
          + NEXT
          + " AND back.action = 'REOPEN' AND back.state = 'SECOND_REVIEW')";

  /**
   * First looks of the span that somebody else answered, with the answer: the next step that a
   * person took with the report and did not take back. A second look may come after the span.
   */
  private static final String ANSWERED =
      "SELECT first.actor AS looked, answer.actor AS answered,"
          + " SUM(CASE WHEN answer.state = 'VERIFIED' THEN 1 ELSE 0 END) AS agreed,"
          + " SUM(CASE WHEN answer.state = 'VERIFIED' THEN 0 ELSE 1 END) AS disagreed"
          + " FROM report_step AS first JOIN report_step AS answer ON answer.report = first.report"
          + " AND answer.number = (SELECT MIN(later.number) FROM report_step AS later"
          + " WHERE later.report = first.report AND later.number > first.number"
          + " AND "
          + STANDS
          + ")"
          + " WHERE first.action = 'VERIFY' AND first.state = 'SECOND_REVIEW'"
          + " AND first.at >= :begin AND first.at < :end AND answer.actor <> first.actor AND "
          + "(SELECT COUNT(*) FROM report WHERE report.id = first.report AND (%s)) > 0"
          + " GROUP BY first.actor, answer.actor ORDER BY first.actor, answer.actor LIMIT "
          + MAX_PAIRS;

  private LookTable() {}

  private record Pair(String looked, String answered, int agreed, int disagreed) {}

  /** Returns the looks of each person whose first look was answered, or who answered one. */
  static Map<String, ReviewerFigures.Looks> of(Handle db, DeskSpan span, VisibleReports visible) {
    Query query =
        db.createQuery(ANSWERED.formatted(visible.sql()))
            .bind("begin", span.from().toEpochMilli())
            .bind("end", span.to().toEpochMilli())
            .bindMap(visible.values());
    visible.lists().forEach(query::bindList);
    Map<String, ReviewerFigures.Looks> looks = new HashMap<>();
    for (Pair pair :
        query
            .map(
                (row, context) ->
                    new Pair(
                        row.getString("looked"),
                        row.getString("answered"),
                        row.getInt("agreed"),
                        row.getInt("disagreed")))
            .list()) {
      looks.merge(
          pair.looked(),
          new ReviewerFigures.Looks(pair.agreed(), pair.disagreed(), 0, 0),
          LookTable::sum);
      looks.merge(
          pair.answered(),
          new ReviewerFigures.Looks(0, 0, pair.agreed(), pair.disagreed()),
          LookTable::sum);
    }
    return looks;
  }

  private static ReviewerFigures.Looks sum(ReviewerFigures.Looks a, ReviewerFigures.Looks b) {
    return new ReviewerFigures.Looks(
        a.firstAgreed() + b.firstAgreed(),
        a.firstDisagreed() + b.firstDisagreed(),
        a.secondAgreed() + b.secondAgreed(),
        a.secondDisagreed() + b.secondDisagreed());
  }
}
