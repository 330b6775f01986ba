package io.kydai.console.reports;

import io.kydai.console.store.Ulids;
import io.kydai.ingest.source.CameraId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of a list of reports. It reads an index in the order of the reports until a page is full:
 * that of the rarest word, or of the condition that leaves the fewest. The reports of several
 * agencies are that many lists, of which the pages are merged.
 */
final class ReportListQuery {
  /** An id is made a moment before the time of receipt is read; a clock may be set in between. */
  private static final Duration ID_BEFORE_TIME = Duration.ofMinutes(10);

  /** So many reports of a word are counted to find the rarest one. */
  private static final int RARE = 20_000;

  /** More agencies have so much of the queue that going through all of it soon fills a page. */
  private static final int MAX_LISTS = 30;

  private final ReportFilter filter;
  private final Map<String, Object> values = new HashMap<>();
  private final Map<String, List<String>> lists = new HashMap<>();

  private ReportListQuery(ReportFilter filter) {
    this.filter = filter;
  }

  /** Returns the newest first, at most {@code limit}. */
  static List<Report> list(Handle db, ReportFilter filter, int limit) {
    return new ReportListQuery(filter).find(db, limit);
  }

  private List<Report> find(Handle db, int limit) {
    List<String> words = rarestFirst(db, filter.words());
    Set<String> agencies = agencies();
    boolean merges =
        agencies != null && agencies.size() > 1 && agencies.size() <= MAX_LISTS && words.isEmpty();
    String sql = merges && agencies != null ? merged(agencies) : through(words);
    Query query = db.createQuery(sql).bindMap(values).bind("limit", limit);
    lists.forEach(query::bindList);
    return ReportRows.reports(db, query);
  }

  /** Returns the agencies to one of which each report is assigned; null where that is not known. */
  private @Nullable Set<String> agencies() {
    List<ReportFilter.Part> visible = filter.visible();
    Set<String> asked = filter.agencies();
    return asked != null || visible == null ? asked : ReportFilter.Part.agencies(visible);
  }

  /**
   * Goes through one index. A search walks that of its rarest word, in the order of the reports.
   */
  private String through(List<String> words) {
    String id = words.isEmpty() ? "id" : "word0.report";
    StringBuilder sql =
        new StringBuilder(ReportTable.COLUMNS)
            .append(words.isEmpty() ? "" : " JOIN report_word AS word0 ON word0.report = id")
            .append(words.isEmpty() ? " WHERE 1 = 1" : " WHERE word0.word = :word0");
    for (int i = 0; i < words.size(); i++) {
      values.put("word" + i, words.get(i));
      if (i > 0) {
        sql.append(" AND EXISTS (SELECT 1 FROM report_word AS other WHERE other.word = :word")
            .append(i)
            .append(" AND other.report = word0.report)");
      }
    }
    return sql + conditions(id) + " ORDER BY " + id + " DESC LIMIT :limit";
  }

  /** Takes a page of the list of each agency, and of them together the newest. */
  private String merged(Set<String> agencies) {
    String conditions = conditions("id");
    StringJoiner all =
        new StringJoiner(
            " UNION ALL ",
            ReportTable.COLUMNS + " WHERE id IN (SELECT found FROM (",
            ") AS lists ORDER BY found DESC LIMIT :limit) ORDER BY id DESC");
    int number = 0;
    for (String agency : agencies.stream().sorted().toList()) {
      values.put("list" + number, agency);
      all.add(
          "SELECT found FROM (SELECT id AS found FROM report WHERE agency = :list%d%s ORDER BY id DESC LIMIT :limit) AS list%d"
              .formatted(number, conditions, number));
      number++;
    }
    return all.toString();
  }

  /**
   * Returns all conditions but the words.
   *
   * @param id the column with the id
   */
  private String conditions(String id) {
    StringBuilder sql = new StringBuilder();
    Set<String> agencies = filter.agencies();
    if (agencies != null && agencies.size() == 1) {
      and(sql, "agency = :agency", agencies.iterator().next());
    } else if (agencies != null) {
      sql.append(" AND agency IN (<agencies>)");
      lists.put("agencies", agencies.stream().sorted().toList());
    }
    ReportState state = filter.state();
    if (state != null) {
      and(sql, "state = :state", state.name());
    }
    CameraId camera = filter.camera();
    if (camera != null) {
      and(sql, "camera = :camera", camera.value());
    }
    String type = filter.type();
    if (type != null) {
      and(sql, "type = :type", type);
    }
    Instant since = filter.since();
    if (since != null) {
      and(sql, "received_at >= :since", since.toEpochMilli());
      // Ids sort by time, so that the index of the ids is read only as far as needed.
      and(sql, id + " >= :least", leastId(since));
    }
    String cursor = filter.cursor();
    if (cursor != null) {
      and(sql, id + " < :before", Cursor.id(cursor).value());
    }
    List<ReportFilter.Part> visible = filter.visible();
    if (visible != null) {
      VisibleReports condition = VisibleReports.of(visible);
      sql.append(" AND (").append(condition.sql()).append(')');
      values.putAll(condition.values());
      lists.putAll(condition.lists());
    }
    return sql.toString();
  }

  private void and(StringBuilder sql, String condition, Object value) {
    sql.append(" AND ").append(condition);
    values.put(condition.substring(condition.indexOf(':') + 1), value);
  }

  /** Returns words in the order of how many reports have them, as far as {@value #RARE} tell. */
  private static List<String> rarestFirst(Handle db, List<String> words) {
    if (words.size() < 2) {
      return words;
    }
    Map<String, Integer> counts = new HashMap<>();
    for (String word : words) {
      counts.put(
          word,
          db.createQuery(
                  "SELECT COUNT(*) FROM (SELECT 1 AS one FROM report_word WHERE word = :word"
                      + " LIMIT :limit) AS counted")
              .bind("word", word)
              .bind("limit", RARE)
              .mapTo(Integer.class)
              .one());
    }
    return words.stream()
        .sorted(Comparator.comparing(word -> counts.getOrDefault(word, 0)))
        .toList();
  }

  private static String leastId(Instant since) {
    return Ulids.least(since.isAfter(Instant.EPOCH) ? since.minus(ID_BEFORE_TIME) : since);
  }
}
