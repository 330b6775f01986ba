package io.kydai.console.search;

import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportState;
import io.kydai.ingest.source.CameraId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The lists each of which holds everything that a search can find, and the shortest of them. */
final class SearchLists {
  /** So many rows of a list are counted to find the shortest one. */
  private static final int MANY = 20_000;

  /** Of so many cameras or agencies each is gone through for itself, and the pages are merged. */
  private static final int MAX_LISTS = 30;

  /** The same of agencies whose reports may all be seen; SQLite takes 500 at most. */
  private static final int MAX_WHOLE_LISTS = 250;

  private final SearchRequest request;
  private final ListLengths lengths;

  SearchLists(SearchRequest request, ListLengths lengths) {
    this.request = request;
    this.lengths = lengths;
  }

  /**
   * Returns the shortest of the lists; null where none is known.
   *
   * @param span the least id and the id below which all are, as {@code least} and {@code below}, as
   *     far as they are bounded
   */
  @Nullable Walk shortest(Handle db, Map<String, Object> span) {
    List<Walk> walks = walks();
    return walks.size() > 1 ? shortest(db, span, walks) : walks.isEmpty() ? null : walks.get(0);
  }

  private List<Walk> walks() {
    List<Walk> walks = new ArrayList<>();
    request.words().forEach(word -> walks.add(ofWord(word)));
    PlatePattern plate = request.plate();
    if (plate != null) {
      plate.grams().forEach(gram -> walks.add(new Walk("plate_gram", "gram", List.of(gram))));
    }
    columns().forEach((column, value) -> walks.add(new Walk("report", column, List.of(value))));
    Set<String> cameras = cameras();
    if (cameras != null && cameras.size() <= MAX_LISTS) {
      walks.add(new Walk("report", "camera", cameras.stream().sorted().toList()));
    }
    Set<String> agencies = ReportFilter.Part.agencies(request.visible());
    if (agencies != null
        && request.agency() == null
        && agencies.size() <= (seesWholeAgencies() ? MAX_WHOLE_LISTS : MAX_LISTS)) {
      walks.add(new Walk("report", "agency", agencies.stream().sorted().toList()));
    }
    return walks;
  }

  /** Returns whether what may be seen is all reports of some agencies. */
  boolean seesWholeAgencies() {
    return request.visible().stream()
        .allMatch(part -> part.agencies() != null && part.cameras() == null && part.from() == null);
  }

  static Walk ofWord(String word) {
    return new Walk("report_word", "word", List.of(word));
  }

  /** Returns the columns of a report that must have a value. */
  Map<String, String> columns() {
    Map<String, String> columns = new HashMap<>();
    ReportState state = request.state();
    if (state != null) {
      columns.put("state", state.name());
    }
    String type = request.type();
    if (type != null) {
      columns.put("type", type);
    }
    String agency = request.agency();
    if (agency != null) {
      columns.put("agency", agency);
    }
    return columns;
  }

  /** Returns the cameras whose reports can be found; null for all. */
  @Nullable Set<String> cameras() {
    Set<CameraId> asked = request.cameras();
    if (asked == null && request.visible().stream().anyMatch(part -> part.cameras() == null)) {
      return null;
    }
    Set<CameraId> cameras =
        asked != null
            ? asked
            : request.visible().stream()
                .flatMap(part -> Stream.ofNullable(part.cameras()).flatMap(Set::stream))
                .collect(Collectors.toSet());
    return cameras.stream().map(CameraId::value).collect(Collectors.toSet());
  }

  private Walk shortest(Handle db, Map<String, Object> span, List<Walk> walks) {
    Walk shortest = walks.get(0);
    int least = Integer.MAX_VALUE;
    for (Walk walk : walks) {
      int length = length(db, span, walk);
      if (length < least) {
        shortest = walk;
        least = length;
      }
    }
    return shortest;
  }

  /**
   * Returns how long a list is within the span, up to a number, as far as it is known: the page
   * after which this one comes does not matter.
   */
  private int length(Handle db, Map<String, Object> span, Walk walk) {
    int length = 0;
    for (String value : walk.values()) {
      List<Object> list =
          List.of(
              walk.table(),
              walk.column(),
              value,
              span.getOrDefault("least", ""),
              span.getOrDefault("below", ""));
      length += lengths.of(list, () -> count(db, span, walk, value));
      if (length >= MANY) {
        return MANY;
      }
    }
    return length;
  }

  private int count(Handle db, Map<String, Object> span, Walk walk, String value) {
    return db.createQuery(
            "SELECT COUNT(*) FROM (SELECT 1 AS one FROM "
                + walk.table()
                + " WHERE "
                + walk.column()
                + " = :value"
                + spanOf(walk.ofReports() ? "id" : "report", span)
                + " LIMIT :most) AS counted")
        .bindMap(span)
        .bind("value", value)
        .bind("most", MANY)
        .mapTo(Integer.class)
        .one();
  }

  /**
   * Returns the condition that an id is within a span of time.
   *
   * @param span as of {@link #shortest}
   */
  static String spanOf(String key, Map<String, Object> span) {
    return (span.containsKey("least") ? " AND " + key + " >= :least" : "")
        + (span.containsKey("below") ? " AND " + key + " < :below" : "");
  }
}
