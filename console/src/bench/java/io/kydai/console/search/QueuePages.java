package io.kydai.console.search;

import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportPage;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.ReportState;
import io.kydai.ingest.source.CameraId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The kinds of pages that are measured, each with the bare SQL of the same page. */
final class QueuePages {
  static final int PAGE = 50;
  private static final String COLUMNS =
      "id, alert_id, camera, rule_id, type, state, received_at, started_at, ended_at, reason,"
          + " measures, tracks, plates, agency, version, incident, parent, due_at,"
          + " first_look_account, first_look_by, first_look_at";
  private static final ReportFilter.Part ALL = new ReportFilter.Part(null, null, null);

  private final ReportQueue queue;
  private final ReportSearch search;

  QueuePages(ReportQueue queue, ReportSearch search) {
    this.queue = queue;
    this.search = search;
  }

  /**
   * A kind of page.
   *
   * @param page by the place after which it begins; null for the first one
   * @param key the column of the order in the bare statement
   */
  record Kind(Function<@Nullable String, ReportPage> page, String bare, String key) {}

  private Kind searched(SearchRequest request, String bare, String key) {
    return new Kind(after -> search.page(request, PAGE, after), bare, key);
  }

  private static SearchRequest request(
      @Nullable Set<CameraId> cameras,
      @Nullable ReportState state,
      @Nullable String type,
      List<String> words,
      @Nullable String plate) {
    return new SearchRequest(
        null,
        null,
        cameras,
        type,
        state,
        null,
        words,
        plate == null ? null : PlatePattern.of(plate),
        List.of(ALL),
        false);
  }

  /** Returns the kinds of pages, by their names. */
  Map<String, Kind> kinds() {
    String words = COLUMNS + " FROM report_word AS walk JOIN report ON id = walk.report WHERE";
    Set<CameraId> three = Set.of(new CameraId("c1"), new CameraId("c2"), new CameraId("c3"));
    Map<String, Kind> kinds = new LinkedHashMap<>();
    kinds.put(
        "list",
        new Kind(
            after ->
                queue.list(new ReportFilter(null, null, null, null, PAGE, after, List.of(ALL))),
            "SELECT " + COLUMNS + " FROM report WHERE 1 = 1",
            "id"));
    kinds.put(
        "list, a state",
        new Kind(
            after ->
                queue.list(
                    new ReportFilter(
                        ReportState.VERIFIED, null, null, null, PAGE, after, List.of(ALL))),
            "SELECT " + COLUMNS + " FROM report WHERE state = 'VERIFIED'",
            "id"));
    kinds.put(
        "search, a state and a type",
        searched(
            request(null, ReportState.VERIFIED, "t4", List.of(), null),
            "SELECT " + COLUMNS + " FROM report WHERE state = 'VERIFIED' AND type = 't4'",
            "id"));
    kinds.put(
        "search, three cameras",
        searched(
            request(three, null, null, List.of(), null),
            "SELECT " + COLUMNS + " FROM report WHERE camera IN ('c1', 'c2', 'c3')",
            "id"));
    kinds.put(
        "search, a word of every report",
        searched(
            request(null, null, null, List.of("xe"), null),
            "SELECT " + words + " walk.word = 'xe'",
            "walk.report"));
    kinds.put(
        "search, a frequent and a rare word",
        searched(
            request(null, null, null, List.of("xe", "hiem"), null),
            "SELECT "
                + words
                + " walk.word = 'hiem' AND EXISTS (SELECT 1 FROM report_word AS other"
                + " WHERE other.word = 'xe' AND other.report = walk.report)",
            "walk.report"));
    kinds.put(
        "search, a plate 75F1*41",
        searched(
            request(null, null, null, List.of(), "75F1*41"),
            "SELECT "
                + COLUMNS
                + " FROM plate_gram AS walk JOIN report ON id = walk.report WHERE walk.gram = '41$'"
                + " AND EXISTS (SELECT 1 FROM report_plate AS fits WHERE fits.report = walk.report"
                + " AND fits.plate LIKE '75F1%41')",
            "walk.report"));
    return kinds;
  }
}
