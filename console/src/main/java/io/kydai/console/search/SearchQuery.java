package io.kydai.console.search;

import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.StoredReports;
import io.kydai.console.reports.VisibleReports;
import io.kydai.console.store.Ulids;
import io.kydai.ingest.source.CameraId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of a search. It goes through the shortest of the lists that hold everything that can be
 * found (the reports of a word, of three characters of a plate, of a state, of a camera …), each of
 * which an index has in the order of the reports, until a page is full. So nothing is sorted, and
 * the last page costs what the first one does.
 */
final class SearchQuery {
  /** An id is made a moment before the time of receipt is read; a clock may be set in between. */
  private static final Duration ID_BEFORE_TIME = Duration.ofMinutes(10);

  /** Of more agencies than so many, the first of all reports that have one are looked at first. */
  private static final int FEW_LISTS = 10;

  /** So many of them. */
  private static final int FIRST = 1_000;

  /** Sorts behind every id: the first character of a ULID is 7 at most. */
  private static final String BEHIND_IDS = "Z";

  private final SearchRequest request;
  private final SearchLists walks;
  private final String untouched;
  private final Map<String, Object> values = new HashMap<>();
  private final Map<String, List<String>> lists = new HashMap<>();
  private final int limit;
  private String limited = "";

  /** Whether it is looked at afterwards whose the reports are. */
  private boolean visibleHeld;

  /** Whether a list is asked for as a range of its index, which nothing else can serve. */
  private boolean ranged;

  /** What a search goes through that has no list. */
  private String reports = "report";

  private SearchQuery(SearchRequest request, int limit, SearchLists walks, String untouched) {
    this.request = request;
    this.walks = walks;
    this.untouched = untouched;
    this.limit = limit;
  }

  /**
   * Returns the reports of a page: with one statement for them and one for their evidence, where it
   * is known which of the lists is the shortest.
   *
   * @param after the last id of the page before; null for the first page
   */
  static List<Report> reports(
      Handle db, SearchRequest request, @Nullable String after, int limit, ListLengths lengths) {
    Set<CameraId> cameras = request.cameras();
    if (request.visible().isEmpty() || (cameras != null && cameras.isEmpty())) {
      return List.of();
    }
    SearchLists walks = new SearchLists(request, lengths);
    return new SearchQuery(request, limit, walks, untouched(db)).find(db, after);
  }

  /**
   * Returns what stands before a column whose index is not to be used: without statistics, which it
   * does not gather by itself, SQLite cannot tell which index leads to fewer rows. PostgreSQL can.
   */
  private static String untouched(Handle db) {
    try {
      return db.getConnection().getMetaData().getDatabaseProductName().equals("SQLite") ? "+" : "";
    } catch (SQLException e) {
      throw new IllegalStateException("a connection does not tell what it leads to", e);
    }
  }

  private List<Report> find(Handle db, @Nullable String after) {
    span(after);
    Map<String, Object> span = new HashMap<>(values);
    span.keySet().retainAll(Set.of("least", "below"));
    Walk walk = walks.shortest(db, span);
    limit(walk);
    if (holdsVisible(walk) && walk != null && walk.values().size() > FEW_LISTS) {
      for (int first : List.of(limit + limit / 2, FIRST)) {
        StoredReports.Chosen page =
            new SearchQuery(request, limit, walks, untouched).amongFirst(db, after, walk, first);
        if (page.reports().size() == limit || (isUnconditional() && page.rows() < first)) {
          return page.reports();
        }
      }
    }
    return found(db, walk == null ? select(StoredReports.COLUMNS, null, 0) : merged(walk));
  }

  /** Returns what a page has of the first reports that have an agency, whosever they are. */
  private StoredReports.Chosen amongFirst(
      Handle db, @Nullable String after, Walk agencies, int first) {
    span(after);
    limited = " LIMIT " + first;
    // What waits for its first look has no agency yet, and may be thousands of reports.
    reports =
        "(SELECT report.* FROM report WHERE agency IS NOT NULL"
            + within("id")
            + " ORDER BY id"
            + direction()
            + limited
            + ") AS report";
    visibleHeld = true;
    Query query = db.createQuery(select(StoredReports.COLUMNS, null, 0)).bindMap(values);
    lists.forEach(query::bindList);
    return StoredReports.chosen(db, query, Set.copyOf(agencies.values()), limit);
  }

  /** Returns whether everything is found of which the agency is one of those that may be seen. */
  private boolean isUnconditional() {
    return walks.columns().isEmpty()
        && request.cameras() == null
        && request.words().isEmpty()
        && request.plate() == null
        && request.from() == null
        && request.until() == null;
  }

  private List<Report> found(Handle db, String sql) {
    Query query = db.createQuery(sql).bindMap(values);
    lists.forEach(query::bindList);
    return StoredReports.of(db, query);
  }

  /**
   * PostgreSQL plans a statement whose limit is a value anew for its values each time, since its
   * general plan looks dear to it. Where several indexes would serve, the values decide which one
   * does. Where one list is all that there is to go through, planning takes as long as the page,
   * and the statement says that it is gone through. No condition may then name its column again:
   * PostgreSQL would go by that one through all that the list has.
   */
  private void limit(@Nullable Walk walk) {
    int indexes =
        walks.columns().size()
            + (walks.cameras() == null ? 0 : 1)
            + (ReportFilter.Part.agencies(request.visible()) == null ? 0 : 1);
    limited = " LIMIT " + limit;
    if (indexes > (walk != null && walk.ofReports() ? 1 : 0)
        || !(seesAll() || holdsVisible(walk))) {
      limited = " LIMIT :limit";
      values.put("limit", limit);
    }
    ranged = limited.endsWith(" " + limit);
  }

  /** Ids sort by time, so that a list is read only as far as its span goes. */
  private void span(@Nullable String after) {
    Instant from = request.from();
    if (from != null) {
      values.put("from", ceilMillis(from));
      values.put("least", Ulids.least(shifted(from, ID_BEFORE_TIME.negated())));
    }
    Instant until = request.until();
    if (until != null) {
      values.put("until", ceilMillis(until));
      values.put("below", Ulids.least(shifted(until, ID_BEFORE_TIME)));
    }
    if (after != null) {
      values.put("after", after);
    }
  }

  private static Instant shifted(Instant time, Duration by) {
    return time.isAfter(Instant.EPOCH) ? time.plus(by) : time;
  }

  /** Returns the first millisecond that is not before a moment; the database has milliseconds. */
  private static long ceilMillis(Instant at) {
    return at.plusNanos(999_999).toEpochMilli();
  }

  private String within(String key) {
    return SearchLists.spanOf(key, values)
        + (values.containsKey("after")
            ? " AND " + key + (request.oldestFirst() ? " > " : " < ") + ":after"
            : "");
  }

  private String merged(Walk walk) {
    IntStream.range(0, walk.values().size())
        .forEach(i -> values.put("walk" + i, walk.values().get(i)));
    if (walk.values().size() == 1) {
      return select(StoredReports.COLUMNS, walk, 0);
    }
    StringJoiner all = new StringJoiner(" UNION ALL ", "SELECT found FROM (", ") AS lists");
    for (int i = 0; i < walk.values().size(); i++) {
      all.add("SELECT found FROM (" + select("report.id AS found", walk, i) + ") AS list" + i);
    }
    return "SELECT %s FROM (%s) AS page JOIN report ON report.id = page.found%s"
        .formatted(StoredReports.COLUMNS, all + ordered("found"), ordered("page.found"));
  }

  private String ordered(String key) {
    return " ORDER BY " + key + direction() + limited;
  }

  private String direction() {
    return request.oldestFirst() ? " ASC" : " DESC";
  }

  /**
   * Returns the query of what one list leads to.
   *
   * @param what the columns
   * @param walk the list, or several; null for the list of all reports
   * @param number which of them
   */
  private String select(String what, @Nullable Walk walk, int number) {
    String key = walk == null ? "report.id" : walk.key();
    String from = walk == null ? reports : walk.from();
    StringJoiner all =
        new StringJoiner(" AND ", "SELECT " + what + " FROM " + from + " WHERE ", "");
    if (walk != null && ranged) {
      all.add(range(walk, ":walk" + number));
    } else {
      all.add((walk == null ? "1 = 1" : walk.columnName() + " = :walk" + number) + within(key));
    }
    walks
        .columns()
        .forEach(
            (column, value) -> {
              if (!(walk != null && ranged && walk.isOf(column))) {
                values.put(column, value);
                all.add(untouched + "report." + column + " = :" + column);
              }
            });
    Set<CameraId> cameras = request.cameras();
    if (cameras != null && !(walk != null && walk.isOf("camera"))) {
      lists.put("asked", cameras.stream().map(CameraId::value).sorted().toList());
      all.add(untouched + "report.camera IN (<asked>)");
    }
    if (values.containsKey("from")) {
      all.add("report.received_at >= :from");
    }
    if (values.containsKey("until")) {
      all.add("report.received_at < :until");
    }
    words(key, walk, all);
    plate(key, all);
    if (!visibleHeld && !seesAll() && !holdsVisible(walk)) {
      visible(all);
    }
    return all
        + ordered(walk != null && ranged ? walk.columnName() + direction() + ", " + key : key);
  }

  /**
   * Returns the condition of a list as a part of its index: PostgreSQL's general plan takes every
   * value for as frequent as the mean, and would find a rare one among all reports.
   */
  private String range(Walk walk, String value) {
    boolean onward = values.containsKey("after");
    boolean up = request.oldestFirst();
    String from = values.containsKey("least") ? ">= (%s, :least)" : ">= (%s, '')";
    String to = values.containsKey("below") ? "< (%s, :below)" : "< (%s, '" + BEHIND_IDS + "')";
    String column = "(" + walk.columnName() + ", " + walk.key() + ") ";
    return (column + (up && onward ? "> (%s, :after)" : from)).formatted(value)
        + " AND "
        + (column + (onward && !up ? "< (%s, :after)" : to)).formatted(value);
  }

  /** What the list holds anyway is not asked again: a database would count it twice. */
  private void words(String key, @Nullable Walk walk, StringJoiner all) {
    List<String> words = request.words();
    for (int i = 0; i < words.size(); i++) {
      if (walk != null && walk.equals(SearchLists.ofWord(words.get(i)))) {
        continue;
      }
      values.put("word" + i, words.get(i));
      all.add(looked("report_word", "looked.word = :word" + i, key));
    }
  }

  /**
   * Returns the condition that a table has a row of a report. It is a count, and not EXISTS, which
   * PostgreSQL may turn into a join with the whole table.
   */
  private static String looked(String table, String condition, String key) {
    return "(SELECT COUNT(*) FROM %s AS looked WHERE looked.report = %s AND %s) > 0"
        .formatted(table, key, condition);
  }

  private void plate(String key, StringJoiner all) {
    PlatePattern plate = request.plate();
    if (plate != null) {
      values.put("plate", plate.like());
      all.add(looked("report_plate", "looked.plate LIKE :plate", key));
    }
  }

  private boolean seesAll() {
    return request.visible().stream()
        .anyMatch(part -> part.cameras() == null && part.from() == null && part.agencies() == null);
  }

  /**
   * Returns whether the lists are of the agencies that may be seen, and have no others' reports.
   */
  private boolean holdsVisible(@Nullable Walk walk) {
    return walk != null
        && walk.isOf("agency")
        && request.agency() == null
        && walks.seesWholeAgencies();
  }

  private void visible(StringJoiner all) {
    VisibleReports condition = VisibleReports.of(request.visible());
    values.putAll(condition.values());
    lists.putAll(condition.lists());
    all.add(untouched + "(" + condition.sql() + ")");
  }
}
