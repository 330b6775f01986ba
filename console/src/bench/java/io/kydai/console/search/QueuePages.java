package io.kydai.console.search;

import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.desk.IncidentPageAnswer;
import io.kydai.console.http.api.desk.ReportAnswer;
import io.kydai.console.incidents.IncidentFilter;
import io.kydai.console.incidents.IncidentPage;
import io.kydai.console.incidents.IncidentPages;
import io.kydai.console.incidents.Incidents;
import io.kydai.console.incidents.Tab;
import io.kydai.console.reports.Cursor;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportPage;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.ReportState;
import io.kydai.ingest.source.CameraId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

  /** The type of one incident of 5,000. */
  static final String RARE = "intrusion";

  /** A fifth of the cameras: the two lowest of ten rows. */
  static final String AREA = "16.395,107.45,16.395,107.65,16.415,107.65,16.415,107.45";

  private final ReportQueue queue;
  private final ReportSearch search;
  private final Incidents incidents;
  private final Cameras cameras;

  QueuePages(ReportQueue queue, ReportSearch search, Incidents incidents, Cameras cameras) {
    this.queue = queue;
    this.search = search;
    this.incidents = incidents;
    this.cameras = cameras;
  }

  /**
   * A page as the product answers it.
   *
   * @param json what is made JSON of
   * @param rows how many reports or incidents it has
   */
  record Page(Object json, int rows) {}

  /**
   * A kind of page.
   *
   * @param path what is asked over HTTP for the first page
   * @param page by the cursor after which it begins; null for the first one
   * @param cursor of the last row of the page before, by its id
   * @param bare the statement that finds its rows
   * @param key the column of the order in the bare statement
   * @param counts the statement of what the page counts as well; empty for nothing
   */
  record Kind(
      String path,
      Function<@Nullable String, Page> page,
      UnaryOperator<String> cursor,
      String bare,
      String key,
      String counts) {}

  private Kind reports(
      String path, Function<@Nullable String, ReportPage> page, String bare, String key) {
    return new Kind(
        path,
        after -> {
          ReportPage found = page.apply(after);
          return new Page(ReportAnswer.Page.of(found, cameras), found.reports().size());
        },
        id -> Cursor.after(ReportId.of(id)),
        bare,
        key,
        "");
  }

  private Kind listed(
      String query, @Nullable ReportState state, @Nullable Set<String> agencies, String bare) {
    return reports(
        "reports?limit=" + PAGE + query,
        after ->
            queue.list(
                new ReportFilter(
                    state, null, null, null, PAGE, after, List.of(ALL), agencies, List.of())),
        bare,
        "id");
  }

  private Kind searched(String query, SearchRequest request, String bare, String key) {
    return reports(
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
    return request(cameras, state, type, words, plate, ALL);
  }

  private static SearchRequest request(
      @Nullable Set<CameraId> cameras,
      @Nullable ReportState state,
      @Nullable String type,
      List<String> words,
      @Nullable String plate,
      ReportFilter.Part visible) {
    return new SearchRequest(
        null,
        null,
        cameras,
        type,
        state,
        null,
        words,
        plate == null ? null : PlatePattern.of(plate),
        List.of(visible),
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
        "search, for who sees three cameras",
        searched(
            "",
            request(null, null, null, List.of(), null, new ReportFilter.Part(three, null, null)),
            "SELECT " + COLUMNS + " FROM report WHERE camera IN ('c0', 'c1', 'c2')",
            "id"));
    kinds.put(
        "search, for who sees 226 agencies",
        searched(
            "",
            request(null, null, null, List.of(), null, new ReportFilter.Part(null, null, agencies)),
            "SELECT " + COLUMNS + " FROM report WHERE agency IN (" + quoted("a", AGENCIES) + ")",
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
    addIncidents(kinds);
    return kinds;
  }

  /** The rows of the review desk, whose tabs have their numbers on them. */
  private void addIncidents(Map<String, Kind> kinds) {
    kinds.put("incidents to check", listed(Tab.TO_CHECK, "to-check", "", null, "priority = 3"));
    kinds.put("incidents done", listed(Tab.DONE, "done", "", null, "1 = 1"));
    kinds.put(
        "incidents done, of a rare type",
        listed(Tab.DONE, "done", "&type=" + RARE, null, "type = '" + RARE + "'"));
    kinds.put(
        "incidents done, of a camera",
        listed(Tab.DONE, "done", "&camera=c7", null, "camera = 'c7'"));
    kinds.put(
        "incidents done, for who sees three cameras",
        listed(
            Tab.DONE,
            "done",
            "",
            Set.of(new CameraId("c7"), new CameraId("c8"), new CameraId("c9")),
            "camera IN ('c7', 'c8', 'c9')"));
  }

  private Kind listed(
      Tab tab, String named, String query, @Nullable Set<CameraId> seen, String condition) {
    Function<@Nullable String, Page> page =
        after -> {
          IncidentPage found =
              incidents.list(
                  new IncidentFilter(
                      tab,
                      "01BENCH",
                      List.of(),
                      query.startsWith("&camera=") ? new CameraId("c7") : null,
                      query.startsWith("&type=") ? RARE : null,
                      false,
                      false,
                      PAGE,
                      after,
                      List.of(new ReportFilter.Part(seen, null, null))));
          return new Page(
              IncidentPageAnswer.of(found, false, found.incidents(), Map.of()),
              found.incidents().size());
        };
    String all = " FROM incident WHERE " + condition;
    return new Kind(
        "incidents?limit=" + PAGE + "&tab=" + named + query,
        page,
        id -> IncidentPages.cursor(id),
        "SELECT id, camera, rule_id, type, priority, first_at, last_at, last_report, reports,"
            + " to_check, with_agency, done, tab, second_look, machine_rank"
            + all
            + " AND tab = "
            + (tab == Tab.DONE ? 3 : 1),
        "id",
        Stream.of(
                "tab = 1 AND priority = 1",
                "tab = 1 AND priority = 2",
                "tab = 1 AND priority = 3",
                "tab = 2",
                "tab = 3",
                "second_look > 0")
            .map(
                one ->
                    "(SELECT COUNT(*) FROM (SELECT 1 AS one"
                        + (query.isEmpty() && seen == null ? " FROM incident WHERE 1 = 1" : all)
                        + " AND "
                        + one
                        + " LIMIT 1000) AS counted)")
            .collect(Collectors.joining(", ", "SELECT ", "")));
  }
}
