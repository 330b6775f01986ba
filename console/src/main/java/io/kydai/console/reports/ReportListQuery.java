package io.kydai.console.reports;

import static java.util.Objects.requireNonNull;

import io.kydai.console.store.Ulids;
import io.kydai.ingest.source.CameraId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of a list of reports. It reads an index in the order of the reports until a page is full:
 * that of the rarest word, or of the condition that leaves the fewest. The reports of several
 * agencies are that many lists, of which the pages are merged; of many, the newest reports of all
 * are looked at before, which are enough where most reports are theirs.
 */
final class ReportListQuery {
  /** An id is made a moment before the time of receipt is read; a clock may be set in between. */
  private static final Duration ID_BEFORE_TIME = Duration.ofMinutes(10);

  /** So many reports of a word are counted to find the rarest one. */
  private static final int RARE = 20_000;

  /** Of so many agencies each has a list; SQLite takes 500 at most in one statement. */
  private static final int MAX_LISTS = 250;

  /** The same where each list has all the conditions of what may be seen, with all their values. */
  private static final int MAX_CONDITIONED_LISTS = 30;

  /** Of more agencies than so many, the newest reports of all are looked at first. */
  private static final int FEW_LISTS = 10;

  /** So many of them, or of those that fulfil the other conditions. */
  private static final int NEWEST = 1_000;

  private final ReportFilter filter;
  private final Map<String, Object> values = new HashMap<>();
  private final Map<String, List<String>> lists = new HashMap<>();

  /** To one of which each report is assigned; null where that is not known. */
  private final @Nullable Set<String> agencies;

  private final String limited;

  private ReportListQuery(ReportFilter filter, int limit) {
    this.filter = filter;
    agencies = agencies(filter);
    boolean chosen = isChosenByValues();
    limited = " DESC LIMIT " + (chosen ? ":limit" : limit);
    if (chosen) {
      values.put("limit", limit);
    }
  }

  private static @Nullable Set<String> agencies(ReportFilter filter) {
    Set<String> asked = filter.agencies();
    Set<String> seen =
        filter.visible() == null ? null : ReportFilter.Part.agencies(filter.visible());
    if (asked == null || seen == null) {
      return asked == null ? seen : asked;
    }
    return asked.stream().filter(seen::contains).collect(Collectors.toSet());
  }

  /**
   * Returns whether the values of conditions decide which index leaves the fewest reports.
   * PostgreSQL plans a statement whose limit is a value anew for its values each time, since its
   * general plan looks dear to it. With a general one it would take every camera, type and agency
   * for as frequent as the mean, and walk through the list of all reports to find those of a rare
   * one. A state stands in the statement, so that it is known there.
   */
  private boolean isChosenByValues() {
    List<ReportFilter.Part> visible = filter.visible();
    return agencies != null
        || filter.camera() != null
        || filter.type() != null
        || !filter.words().isEmpty()
        || (visible != null && visible.stream().anyMatch(part -> part.cameras() != null));
  }

  /** Returns the newest first, at most {@code limit}. */
  static List<Report> list(Handle db, ReportFilter filter, int limit) {
    ReportListQuery query = new ReportListQuery(filter, limit);
    if (query.isOfMany()) {
      // Mostly they have most of the newest reports. Else more of them are less than all the lists.
      for (int newest : List.of(limit + limit / 2, NEWEST)) {
        StoredReports.Chosen chosen = query.amongNewest(db, newest, limit);
        if (chosen.reports().size() == limit || chosen.rows() < newest) {
          return chosen.reports();
        }
      }
    }
    return query.find(db);
  }

  private boolean isOfMany() {
    return filter.words().isEmpty()
        && agencies != null
        && agencies.size() > FEW_LISTS
        && seesAllOf(agencies)
        && merges(agencies);
  }

  /** Returns what a page has of the newest reports, whosever they are. */
  private StoredReports.Chosen amongNewest(Handle db, int newest, int limit) {
    ReportListQuery all = new ReportListQuery(filter, limit);
    // What waits for its first look has no agency yet, and may be thousands of reports.
    String assigned = all.isNarrowed() ? "" : " AND agency IS NOT NULL";
    boolean chosen = filter.camera() != null || filter.type() != null;
    String sql =
        ReportTable.COLUMNS
            + " WHERE 1 = 1"
            + all.conditions("id")
            + assigned
            + " ORDER BY id DESC LIMIT "
            + (chosen ? ":newest" : newest);
    all.values.remove("limit");
    if (chosen) {
      all.values.put("newest", newest);
    }
    return ReportRows.chosen(
        db, db.createQuery(sql).bindMap(all.values), requireNonNull(agencies), limit);
  }

  /** Returns whether a condition has an index of its own, which finds the reports. */
  private boolean isNarrowed() {
    return filter.state() != null || filter.camera() != null || filter.type() != null;
  }

  private List<Report> find(Handle db) {
    List<String> words = rarestFirst(db, filter.words());
    if (agencies != null && agencies.isEmpty()) {
      return List.of();
    }
    String sql =
        agencies != null && words.isEmpty() && merges(agencies) ? merged(agencies) : through(words);
    Query query = db.createQuery(sql).bindMap(values);
    lists.forEach(query::bindList);
    return ReportRows.reports(db, query);
  }

  private boolean merges(Set<String> agencies) {
    return agencies.size() > 1
        && agencies.size() <= (seesAllOf(agencies) ? MAX_LISTS : MAX_CONDITIONED_LISTS);
  }

  /** Returns whether every report of some agencies may be seen. */
  private boolean seesAllOf(Set<String> agencies) {
    List<ReportFilter.Part> visible = filter.visible();
    if (visible == null) {
      return true;
    }
    Set<String> whole = new HashSet<>();
    for (ReportFilter.Part part : visible) {
      if (part.cameras() == null && part.from() == null) {
        whole.addAll(part.agencies() == null ? agencies : part.agencies());
      }
    }
    return whole.containsAll(agencies);
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
    return sql + conditions(id) + who() + " ORDER BY " + id + limited;
  }

  /** Takes a page of the list of each agency, and of them together the newest. */
  private String merged(Set<String> agencies) {
    String conditions = conditions("id") + (seesAllOf(agencies) ? "" : who());
    StringJoiner all =
        new StringJoiner(
            " UNION ALL ",
            ReportTable.COLUMNS + " WHERE id IN (SELECT found FROM (",
            ") AS lists ORDER BY found" + limited + ") ORDER BY id DESC");
    int number = 0;
    for (String agency : agencies.stream().sorted().toList()) {
      values.put("list" + number, agency);
      all.add(
          "SELECT found FROM (SELECT id AS found FROM report WHERE agency = :list%d%s ORDER BY id%s) AS list%d"
              .formatted(number, conditions, limited, number));
      number++;
    }
    return all.toString();
  }

  /**
   * Returns all conditions but the words and whose the reports are.
   *
   * @param id the column with the id
   */
  private String conditions(String id) {
    StringBuilder sql = new StringBuilder();
    ReportState state = filter.state();
    if (state != null) {
      sql.append(isIn(state));
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
    return sql.toString();
  }

  /** Returns the conditions whose the reports are, and that they may be seen. */
  private String who() {
    StringBuilder sql = new StringBuilder();
    Set<String> agencies = filter.agencies();
    if (agencies != null && agencies.size() == 1) {
      and(sql, "agency = :agency", agencies.iterator().next());
    } else if (agencies != null) {
      sql.append(" AND agency IN (<agencies>)");
      lists.put("agencies", agencies.stream().sorted().toList());
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

  private static String isIn(ReportState state) {
    return " AND state = '" + state.name() + "'";
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
