package io.kydai.console.reports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.store.Database;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What a process with a desk that was killed left. The history of each report, step by step, has to
 * lead to the report's row, and to whatever was written with each step: the audit, what webhooks
 * and people are to be told, the deadlines, and the counts of the incident.
 *
 * <p>The desk has a routing table, deadlines for both stages, and messages to officers of
 * everything but incidents.
 */
public final class DeskState {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Told told;
  private final Map<String, Row> reports = new TreeMap<>();
  private final Map<String, List<Report.Step>> histories = new HashMap<>();
  private final Map<String, Integer> audited = new HashMap<>();
  private final Map<String, List<Row>> deadlines = new HashMap<>();
  private final List<Row> incidents = new ArrayList<>();
  private final Set<String> done = new HashSet<>();

  /** What the outboxes had for others, over all rounds: it leaves them at each look. */
  public static final class Told {
    private final Map<String, List<Row>> webhooks = new HashMap<>();
    private final Set<String> people = new TreeSet<>();
  }

  /** A row as names and values. */
  private record Row(Map<String, Object> values) {
    String text(String name) {
      return String.valueOf(values.get(name));
    }

    @Nullable Object value(String name) {
      return values.get(name);
    }

    long number(String name) {
      return ((Number) values.get(name)).longValue();
    }
  }

  private DeskState(Told told) {
    this.told = told;
  }

  /** Reads it, and takes out of the outboxes what is to be told. */
  public static DeskState read(Database database, Told told) throws IOException {
    assertThat(new AuditLog(database, Clock.systemUTC()).verify().fault()).isNull();
    DeskState state = new DeskState(told);
    List<Row> events = new ArrayList<>();
    database.inTransaction(
        db -> {
          rows(db, "SELECT * FROM report").forEach(row -> state.reports.put(row.text("id"), row));
          for (String id : state.reports.keySet()) {
            Report report = ReportTable.byId(db, ReportId.of(id)).orElseThrow();
            state.histories.put(id, ReportTable.withHistory(db, report).history());
          }
          rows(db, "SELECT report, type, COUNT(*) AS entries FROM audit GROUP BY report, type")
              .forEach(
                  row ->
                      state.audited.put(
                          row.text("report") + " " + row.text("type"),
                          Math.toIntExact(row.number("entries"))));
          rows(db, "SELECT * FROM report_deadline")
              .forEach(
                  row ->
                      state
                          .deadlines
                          .computeIfAbsent(row.text("report"), report -> new ArrayList<>())
                          .add(row));
          state.incidents.addAll(rows(db, "SELECT * FROM incident"));
          events.addAll(rows(db, "SELECT * FROM outbox ORDER BY event"));
          rows(db, "SELECT * FROM message WHERE state = 'WAITING'").stream()
              .map(row -> row.text("occasion") + " " + row.text("subject"))
              .forEach(one -> assertThat(told.people.add(one)).as("%s once", one).isTrue());
          assertThat(
                  rows(
                      db, "SELECT id FROM report WHERE id NOT IN (SELECT report FROM report_word)"))
              .as("reports that no word finds")
              .isEmpty();
          db.execute("DELETE FROM outbox");
          return db.execute("UPDATE message SET state = 'TOLD'");
        });
    for (Row event : events) {
      assertThat(event.text("state")).isEqualTo("PENDING");
      told.webhooks.computeIfAbsent(event.text("report"), id -> new ArrayList<>()).add(event);
    }
    return state;
  }

  private static List<Row> rows(Handle db, String sql) {
    return db.createQuery(sql).mapToMap().map(Row::new).list();
  }

  /**
   * Fails when something is lost, doubled or half done.
   *
   * @param acknowledged lines such as {@code did 01… 3 VERIFY by lan}, with the version after it,
   *     {@code received 01…}, {@code reminded 01…} or {@code escalated 01… 1}, with a deadline's id
   */
  public void check(Set<String> acknowledged) throws IOException {
    Map<String, Integer> together = new HashMap<>();
    for (String id : reports.keySet()) {
      replay(id, together);
    }
    together.forEach(
        (reason, steps) -> assertThat(reason).as("all or none").endsWith(" with " + steps));
    reports.values().forEach(this::checkParent);
    reports.values().forEach(this::checkDeadlines);
    incidents.forEach(this::checkIncident);
    assertThat(done).containsAll(acknowledged);
    Set<String> alerts = new HashSet<>();
    reports.values().forEach(row -> assertThat(alerts.add(row.text("alert_id"))).isTrue());
  }

  /** How far the history of one report led. */
  private static final class Reached {
    private ReportState state = ReportState.RECEIVED;
    private long version = 1;
    private @Nullable String parent;
    private @Nullable String agency;
    private @Nullable String first;
    private @Nullable String agreed;
    private int acted;
    private int event;
  }

  /** Goes through the history of a report. */
  private void replay(String id, Map<String, Integer> together) throws IOException {
    List<Report.Step> history = histories.getOrDefault(id, List.of());
    List<Row> events = told.webhooks.getOrDefault(id, List.of());
    Reached now = new Reached();
    done.add("received " + id);
    tell(id, events, now, null);
    int merged = 0;
    int split = 0;
    for (int i = 1; i < history.size(); i++) {
      Report.Step step = history.get(i);
      StepNote note = step.note();
      StepNote.Code code = note == null ? null : note.code();
      if (code == StepNote.Code.FOLLOWS) {
        merged++;
        now.version += 2;
        now.parent = note.values().get("report");
        boolean moved = now.state != step.state();
        now.state = step.state();
        if (moved || isAgencyAlone(events, now)) {
          tell(id, events, now, null);
        }
        done.add("did %s %d MERGE by %s".formatted(id, now.version, step.actor()));
      } else if (code == StepNote.Code.FOLLOWS_NO_MORE) {
        split++;
        now.version++;
        now.parent = null;
        assertThat(step.state()).isEqualTo(now.state);
        done.add("did %s %d SPLIT by %s".formatted(id, now.version, step.actor()));
      } else if (step.action() == null) {
        assertThat(step.state()).as("a note of %s", id).isEqualTo(now.state);
      } else {
        act(id, step, now, events, together);
        boolean routed =
            step.action() == ReportAction.VERIFY && step.state() == ReportState.VERIFIED;
        assertThat(routed && (i + 1 == history.size() || !isRouting(history.get(i + 1))))
            .as("%s is verified and not routed: %s", id, history)
            .isFalse();
      }
      now.agreed = now.first == null ? now.agreed : now.first;
      now.first =
          now.state != ReportState.SECOND_REVIEW
              ? null
              : step.action() == ReportAction.VERIFY
                  ? step.actor()
                  : step.action() == ReportAction.REOPEN ? now.agreed : now.first;
    }
    Row row = reports.get(id);
    assertThat(row.text("state")).as("state of %s", id).isEqualTo(now.state.name());
    assertThat(row.number("version")).as("version of %s", id).isEqualTo(now.version);
    assertThat(row.value("parent")).as("parent of %s", id).isEqualTo(now.parent);
    assertThat(row.value("agency")).as("agency of %s", id).isEqualTo(now.agency);
    assertThat(row.value("first_look_by") != null)
        .as("first look of %s", id)
        .isEqualTo(now.state == ReportState.SECOND_REVIEW);
    assertThat(now.event).as("all that webhooks are told of %s", id).isEqualTo(events.size());
    assertThat(audited(id, "report.acted")).as("audit of %s", id).isEqualTo(now.acted);
    assertThat(audited(id, "report.merged")).isEqualTo(merged);
    assertThat(audited(id, "report.split")).isEqualTo(split);
  }

  private static boolean isRouting(Report.Step step) {
    return step.action() == ReportAction.ASSIGN && step.actor().equals("kydai");
  }

  private int audited(String id, String type) {
    return audited.getOrDefault(id + " " + type, 0);
  }

  private void act(
      String id, Report.Step step, Reached now, List<Row> events, Map<String, Integer> together)
      throws IOException {
    ReportAction action = Objects.requireNonNull(step.action());
    ReportState from = now.state;
    assertThat(Transitions.TABLE)
        .as("%s of %s", action, id)
        .anyMatch(row -> row.from() == from && row.action() == action && row.to() == step.state());
    now.version++;
    now.acted++;
    now.state = step.state();
    done.add("did %s %d %s by %s".formatted(id, now.version, action, step.actor()));
    boolean own = now.parent == null;
    if (own) {
      if (from == ReportState.SECOND_REVIEW && action == ReportAction.VERIFY) {
        assertThat(step.actor()).as("the second of two people").isNotEqualTo(now.first);
      }
      if (!step.actor().equals("kydai")) {
        together.merge(String.valueOf(step.reason()), 1, Integer::sum);
      }
      if (action == ReportAction.ASSIGN) {
        assertThat(told.people).contains("ASSIGNED " + id + ":" + now.version);
      }
    }
    if (own || from != now.state) {
      tell(id, events, now, step.agency());
    }
  }

  /** Whether the next event tells that only the agency changed. */
  private static boolean isAgencyAlone(List<Row> events, Reached now) throws IOException {
    if (now.event >= events.size()) {
      return false;
    }
    Row next = events.get(now.event);
    return next.text("type").equals("report." + now.state.text())
        && !Objects.equals(agency(next), now.agency);
  }

  private static @Nullable String agency(Row event) throws IOException {
    JsonNode agency = JSON.readTree(event.text("body")).at("/data/agency");
    return agency.isMissingNode() ? null : agency.asText();
  }

  /** The next event has to be that of the present state. */
  private static void tell(String id, List<Row> events, Reached now, @Nullable String assigned)
      throws IOException {
    assertThat(events).as("events of %s", id).hasSizeGreaterThan(now.event);
    Row event = events.get(now.event++);
    assertThat(event.text("type"))
        .as("event %d of %s", now.event, id)
        .isEqualTo("report." + now.state.text());
    now.agency = agency(event);
    if (assigned != null) {
      assertThat(now.agency).isEqualTo(assigned);
    }
  }

  private void checkParent(Row report) {
    if (report.value("parent") == null) {
      return;
    }
    Row parent = reports.get(report.text("parent"));
    assertThat(parent).as("the parent of %s", report).isNotNull();
    assertThat(parent.value("parent")).as("a chain of %s", report).isNull();
    for (String same : List.of("state", "agency", "first_look_account", "first_look_by")) {
      assertThat(report.value(same)).as(same).isEqualTo(parent.value(same));
    }
  }

  private void checkDeadlines(Row report) {
    String id = report.text("id");
    List<Row> all = deadlines.getOrDefault(id, List.of());
    List<Row> open = all.stream().filter(one -> one.number("is_open") == 1).toList();
    boolean due =
        report.value("parent") == null
            && Set.of(
                    "RECEIVED", "SECOND_REVIEW", "VERIFIED", "RETURNED", "ASSIGNED", "IN_PROGRESS")
                .contains(report.text("state"));
    assertThat(open).as("open deadlines of %s", id).hasSize(due ? 1 : 0);
    assertThat(report.value("due_at")).isEqualTo(due ? open.get(0).value("due_at") : null);
    int reminded = 0;
    int late = 0;
    for (Row one : all) {
      if (told.people.contains("REMINDED " + one.text("id"))) {
        reminded++;
        assertThat(one.number("reminded")).isEqualTo(1);
        done.add("reminded " + one.text("id"));
      }
      for (long level = 0; level < one.number("level"); level++) {
        late++;
        assertThat(told.people).contains("ESCALATED " + one.text("id") + ":" + level);
        done.add("escalated " + one.text("id") + " " + (level + 1));
      }
      assertThat(told.people)
          .doesNotContain("ESCALATED " + one.text("id") + ":" + one.number("level"));
    }
    assertThat(notes(id, Set.of(StepNote.Code.REMINDED))).as("%s", id).isEqualTo(reminded);
    assertThat(notes(id, Set.of(StepNote.Code.ESCALATED, StepNote.Code.LATE)))
        .as("escalations of %s", id)
        .isEqualTo(late);
  }

  private long notes(String id, Set<StepNote.Code> codes) {
    return histories.getOrDefault(id, List.of()).stream()
        .map(Report.Step::note)
        .filter(note -> note != null && codes.contains(note.code()))
        .count();
  }

  private void checkIncident(Row incident) {
    List<String> states =
        reports.values().stream()
            .filter(report -> report.text("incident").equals(incident.text("id")))
            .map(report -> report.text("state"))
            .toList();
    long agency = states.stream().filter(Set.of("ASSIGNED", "IN_PROGRESS")::contains).count();
    long over = states.stream().filter(Set.of("RESOLVED", "REJECTED", "CLOSED")::contains).count();
    long check = states.size() - agency - over;
    assertThat(incident.number("reports")).isEqualTo(states.size());
    assertThat(incident.number("to_check")).as("%s", incident).isEqualTo(check);
    assertThat(incident.number("with_agency")).isEqualTo(agency);
    assertThat(incident.number("done")).isEqualTo(over);
    assertThat(incident.number("second_look"))
        .isEqualTo(states.stream().filter("SECOND_REVIEW"::equals).count());
    assertThat(incident.number("tab")).isEqualTo(check > 0 ? 1 : agency > 0 ? 2 : 3);
  }
}
