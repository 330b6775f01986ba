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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of pages that are measured, each with the bare SQL of the same page. The site has 200
 * cameras on a grid of 20 by 10, and 226 agencies that stand ten deep.
 */
final class QueuePages {
  static final int PAGE = 50;
  private static final String COLUMNS =
      "id, alert_id, camera, rule_id, type, state, received_at, started_at, ended_at, reason,"
          + " measures, tracks, plates, agency, version, incident, parent, due_at,"
          + " first_look_account, first_look_by, first_look_at";
  private static final ReportFilter.Part ALL = new ReportFilter.Part(null, null, null);

  static final int CAMERAS = 200;
  static final int AGENCIES = 226;

  /** A fifth of the cameras: the two lowest of ten rows. */
  static final String AREA = "16.395,107.45,16.395,107.65,16.415,107.65,16.415,107.45";

  private final ReportQueue queue;
  private final ReportSearch search;

  QueuePages(ReportQueue queue, ReportSearch search) {
    this.queue = queue;
    this.search = search;
  }

  /**
   * A kind of page.
   *
   * @param path what is asked over HTTP for the first page
   * @param page by the place after which it begins; null for the first one
   * @param key the column of the order in the bare statement
   */
  record Kind(String path, Function<@Nullable String, ReportPage> page, String bare, String key) {}

  private Kind listed(
      String query, @Nullable ReportState state, @Nullable Set<String> agencies, String bare) {
    return new Kind(
        "reports?limit=" + PAGE + query,
        after ->
            queue.list(
                new ReportFilter(
                    state, null, null, null, PAGE, after, List.of(ALL), agencies, List.of())),
        bare,
        "id");
  }

  private Kind searched(String query, SearchRequest request, String bare, String key) {
    return new Kind(
        "search?limit=" + PAGE + query, after -> search.page(request, PAGE, after), bare, key);
  }

  /** Returns a camera's place: in rows of twenty, from the south to the north. */
  static String place(int camera) {
    return "{\"lat\": %.2f, \"lon\": %.2f}"
        .formatted(16.4 + camera / 20 * 0.01, 107.5 + camera % 20 * 0.005);
  }

  private static String quoted(String prefix, int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> "'" + prefix + i + "'")
        .collect(Collectors.joining(", "));
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
    Set<CameraId> three = Set.of(new CameraId("c0"), new CameraId("c1"), new CameraId("c2"));
    Map<String, Kind> kinds = new LinkedHashMap<>();
    kinds.put("list", listed("", null, null, "SELECT " + COLUMNS + " FROM report WHERE 1 = 1"));
    kinds.put(
        "list, a state",
        listed(
            "&state=verified",
            ReportState.VERIFIED,
            null,
            "SELECT " + COLUMNS + " FROM report WHERE state = 'VERIFIED'"));
    Set<String> agencies =
        IntStream.range(0, AGENCIES).mapToObj(i -> "a" + i).collect(Collectors.toSet());
    kinds.put(
        "list, a state of 226 agencies",
        listed(
            "&state=verified&agency=a0&below=true",
            ReportState.VERIFIED,
            agencies,
            "SELECT "
                + COLUMNS
                + " FROM report WHERE state = 'VERIFIED' AND agency IN ("
                + quoted("a", AGENCIES)
                + ")"));
    kinds.put(
        "search, a state and a type",
        searched(
            "&state=verified&type=t4",
            request(null, ReportState.VERIFIED, "t4", List.of(), null),
            "SELECT " + COLUMNS + " FROM report WHERE state = 'VERIFIED' AND type = 't4'",
            "id"));
    kinds.put(
        "search, three cameras",
        searched(
            "&polygon=16.395,107.499,16.395,107.511,16.405,107.511,16.405,107.499",
            request(three, null, null, List.of(), null),
            "SELECT " + COLUMNS + " FROM report WHERE camera IN ('c0', 'c1', 'c2')",
            "id"));
    kinds.put(
        "search, an area of 40 cameras",
        searched(
            "&polygon=" + AREA,
            request(
                IntStream.range(0, 40)
                    .mapToObj(i -> new CameraId("c" + i))
                    .collect(Collectors.toSet()),
                null,
                null,
                List.of(),
                null),
            "SELECT " + COLUMNS + " FROM report WHERE camera IN (" + quoted("c", 40) + ")",
            "id"));
    kinds.put(
        "search, a word of every report",
        searched(
            "&text=xe",
            request(null, null, null, List.of("xe"), null),
            "SELECT " + words + " walk.word = 'xe'",
            "walk.report"));
    kinds.put(
        "search, a frequent and a rare word without accents",
        searched(
            "&text=xe%20hiem",
            request(null, null, null, List.of("xe", "hiem"), null),
            "SELECT "
                + words
                + " walk.word = 'hiem' AND EXISTS (SELECT 1 FROM report_word AS other"
                + " WHERE other.word = 'xe' AND other.report = walk.report)",
            "walk.report"));
    kinds.put(
        "search, a plate 75F1*41",
        searched(
            "&plate=75F1*41&reason=bench",
            request(null, null, null, List.of(), "75F1*41"),
            "SELECT "
                + COLUMNS
                + " FROM plate_gram AS walk JOIN report ON id = walk.report WHERE walk.gram = '41$'"
                + " AND EXISTS (SELECT 1 FROM report_plate AS fits WHERE fits.report = walk.report"
                + " AND fits.plate LIKE '75F1%41')",
            "walk.report"));
    kinds.put(
        "search, a plate 75F1*4?1",
        searched(
            "&plate=75F1*4?1&reason=bench",
            request(null, null, null, List.of(), "75F1*4?1"),
            "SELECT "
                + COLUMNS
                + " FROM plate_gram AS walk JOIN report ON id = walk.report WHERE walk.gram = '^75'"
                + " AND EXISTS (SELECT 1 FROM report_plate AS fits WHERE fits.report = walk.report"
                + " AND fits.plate LIKE '75F1%4_1')",
            "walk.report"));
    return kinds;
  }
}
