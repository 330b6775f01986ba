package io.kydai.console.http.api.desk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.console.TestClock;
import io.kydai.console.agencies.Agencies;
import io.kydai.console.agencies.Agency;
import io.kydai.console.agencies.Delegation;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.CameraJson;
import io.kydai.console.deadlines.DeadlinePlan;
import io.kydai.console.deadlines.DeadlineRule;
import io.kydai.console.deadlines.Stage;
import io.kydai.console.deadlines.WorkingCalendar;
import io.kydai.console.incidents.Priority;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.StepNote;
import io.kydai.console.routing.RoutingRule;
import io.kydai.console.routing.RoutingTable;
import io.kydai.console.settings.DeskSetting;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.console.users.Area;
import io.kydai.console.users.Directory;
import io.kydai.console.users.QuickPasswords;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A desk over the year 2026, half hour by half hour: where reports go, by when they are due, and
 * who hears of it. Tết is 17 February; 10 January and 22 August are Saturdays on which people work,
 * for 2 January and 31 August.
 */
class DeskOverAYearTest {
  private static final ZoneId HUE = ZoneId.of("Asia/Ho_Chi_Minh");
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01A", "lan");
  private static final Duration STEP = Duration.ofMinutes(30);
  private static final List<DayOfWeek> WEEKDAYS =
      List.of(
          DayOfWeek.MONDAY,
          DayOfWeek.TUESDAY,
          DayOfWeek.WEDNESDAY,
          DayOfWeek.THURSDAY,
          DayOfWeek.FRIDAY);

  /**
   * What happens: the time of arrival, the camera and the type of the rule, when somebody verifies
   * it, and when the agency is done. What has to follow: by when it is to be checked, where it goes
   * and by which row, by when it is to be handled, and who is told when.
   */
  private static final String YEAR =
      """
      01-01 10:00 bridge crowding   | 01-10 09:00 | 01-13 15:00 | check by 01-05 17:00 | duty by else      | handle by 01-12 14:30 | reminded desk 01-05 16:00, late desk 01-05 17:00, reminded duty 01-12 13:30, escalated city 01-12 14:30, late duty 01-13 14:30
      02-13 16:00 bridge crowding   | 02-13 16:30 | 02-26 08:00 | check by 02-23 16:00 | ward by hours     | handle by 02-24 11:00 | reminded ward 02-24 10:00, escalated city 02-24 11:00, late ward 02-25 11:00
      03-10 09:00 market parked     | 03-10 09:30 | 03-10 10:00 | check by 03-11 09:00 | traffic by parked | handle by 03-11 15:00 |
      04-30 22:00 bridge wrong-way  | 04-30 22:00 | 05-01 05:00 | check by 04-30 23:00 | police by urgent  | handle by 05-01 02:00 | reminded police 05-01 01:00, escalated city 05-01 02:00, late police 05-01 04:00
      05-05 08:00 bridge crowding   | 05-05 09:00 | 05-06 14:00 | check by 05-06 08:00 | ward-2 by hours   | handle by 05-06 14:30 | reminded ward-2 05-06 13:30
      05-29 16:00 bridge crowding   | 06-01 08:00 | 06-01 09:00 | check by 06-01 16:00 | ward by hours     | handle by 06-02 13:30 |
      06-30 16:00 bridge crowding   | 06-30 16:00 | 07-01 17:00 | check by 07-01 16:00 | ward by hours     | handle by 07-02 10:30 |
      06-30 16:30 bridge stopped    | 07-01 07:30 | 07-01 14:30 | check by 07-01 16:30 | ward by hours     | handle by 07-01 15:00 | reminded ward 07-01 14:00
      07-01 08:00 bridge crowding   | 07-01 08:00 | 07-03 16:00 | check by 07-02 08:00 | ward by hours     | handle by 07-01 15:30 | reminded ward 07-01 14:30, escalated city 07-01 15:30, late ward 07-02 15:30
      08-21 16:00 bridge crowding   | 08-21 16:00 | 08-22 13:30 | check by 08-22 16:00 | ward by hours     | handle by 08-22 14:00 | reminded ward 08-22 11:30
      08-28 16:00 bridge crowding   | 08-28 16:00 | 09-03 14:00 | check by 09-03 16:00 | ward by hours     | handle by 09-03 14:00 | reminded ward 09-03 11:30
      10-09 20:00 bridge crowding   | 10-09 20:30 | 10-12 07:30 | check by 10-12 17:00 | duty by else      | handle by 10-12 15:00 |
      12-24 10:00 market crowding   | 12-24 10:30 | 12-24 11:00 | check by 12-25 10:00 | duty by else      | handle by 12-25 08:30 |
      """;

  private static final WorkingCalendar OFFICE =
      new WorkingCalendar(
          "office",
          HUE.getId(),
          List.of(
              new WorkingCalendar.Hours(WEEKDAYS, LocalTime.of(7, 30), LocalTime.of(11, 30)),
              new WorkingCalendar.Hours(WEEKDAYS, LocalTime.of(13, 0), LocalTime.of(17, 0))),
          List.of(MonthDay.of(1, 1), MonthDay.of(4, 30), MonthDay.of(5, 1), MonthDay.of(9, 2)),
          List.of(
              LocalDate.parse("2026-01-02"),
              LocalDate.parse("2026-02-16"),
              LocalDate.parse("2026-02-17"),
              LocalDate.parse("2026-02-18"),
              LocalDate.parse("2026-02-19"),
              LocalDate.parse("2026-02-20"),
              LocalDate.parse("2026-04-27"),
              LocalDate.parse("2026-08-31"),
              LocalDate.parse("2026-09-01")),
          List.of(
              new WorkingCalendar.Swapped(LocalDate.parse("2026-01-10"), DayOfWeek.FRIDAY),
              new WorkingCalendar.Swapped(LocalDate.parse("2026-08-22"), DayOfWeek.MONDAY)));

  /** From July on agencies have six hours where they had twelve. Urgent reports know no nights. */
  private static final DeadlinePlan PLAN =
      new DeadlinePlan(
          HUE.getId(),
          List.of(OFFICE),
          List.of(
              rule("check-urgent", Stage.CHECK, Priority.URGENT, null, null, null, 1, 0, 1),
              rule("check", Stage.CHECK, null, null, null, "office", 8, 1, 8),
              rule("urgent", Stage.HANDLE, Priority.URGENT, null, null, null, 4, 1, 2),
              rule("old", Stage.HANDLE, null, null, "2026-07-01", "office", 12, 1, 8),
              rule("new", Stage.HANDLE, null, "2026-07-01", null, "office", 6, 1, 8)));

  private static final RoutingTable TABLE =
      new RoutingTable(
          HUE.getId(),
          "desk",
          List.of(
              new RoutingRule("urgent", List.of("wrong-way"), null, null, null, null, "police"),
              new RoutingRule("parked", List.of("parked"), null, null, null, null, "traffic"),
              new RoutingRule(
                  "hours",
                  null,
                  List.of("old-town"),
                  WEEKDAYS,
                  LocalTime.of(7, 30),
                  LocalTime.of(17, 0),
                  "ward"),
              new RoutingRule("else", null, null, null, null, null, "duty")));

  /** In May the neighbouring ward acts for the ward. */
  private static final Agencies AGENCIES =
      new Agencies(
          List.of(
              new Agency("city", "City", null, null),
              new Agency(
                  "ward",
                  "Ward",
                  "city",
                  new Delegation("ward-2", at("05-04 00:00"), at("06-01 00:00"))),
              new Agency("ward-2", "Ward 2", "city", null),
              new Agency("police", "Police", "city", null),
              new Agency("traffic", "Traffic", "city", null),
              new Agency("duty", "Duty", "city", null)));

  @TempDir Path folder;
  private final TestClock clock = new TestClock(at("01-01 00:00"));
  private Database database;
  private ReportQueue queue;
  private Desk desk;

  private static DeadlineRule rule(
      String id,
      Stage stage,
      @Nullable Priority urgency,
      @Nullable String from,
      @Nullable String until,
      @Nullable String calendar,
      int within,
      int remind,
      int escalate) {
    return new DeadlineRule(
        id,
        stage,
        urgency,
        null,
        from == null ? null : LocalDate.parse(from),
        until == null ? null : LocalDate.parse(until),
        calendar,
        Duration.ofHours(within),
        Duration.ofHours(remind),
        Duration.ofHours(escalate),
        "a test",
        true);
  }

  private static Instant at(String time) {
    return LocalDateTime.parse("2026-" + time.replace(' ', 'T')).atZone(HUE).toInstant();
  }

  private static String shown(Instant at) {
    return at.atZone(HUE).toLocalDateTime().toString().substring(5).replace('T', ' ');
  }

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    AuditLog audit = new AuditLog(database, clock);
    DeskSettings settings = new DeskSettings(database, audit, clock);
    new Directory(database, audit, clock, QuickPasswords.COST)
        .putArea(
            new Area(
                "old-town",
                "Old town",
                List.of(
                    new Area.Corner(16.4, 107.5),
                    new Area.Corner(16.5, 107.5),
                    new Area.Corner(16.5, 107.6),
                    new Area.Corner(16.4, 107.6))),
            LAN,
            RequestOrigin.NONE);
    set(settings, Agencies.SETTING, AGENCIES);
    set(settings, RoutingTable.SETTING, TABLE);
    set(settings, DeadlinePlan.SETTING, PLAN);
    queue =
        new ReportQueue(
            database,
            ReportOutbox.NONE,
            clock,
            Desk.consequences(settings, DeskOverAYearTest::camera, clock),
            unfinished -> {});
    desk = Desk.of(database, folder, queue, settings, DeskOverAYearTest::camera, audit, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static <T> void set(DeskSettings settings, DeskSetting<T> setting, T value) {
    settings.replace(setting, value, 0, LAN, RequestOrigin.NONE);
  }

  /** The bridge stands in the old town, the market does not. */
  private static Optional<CameraConfig> camera(CameraId id) {
    double lon = id.value().equals("bridge") ? 107.55 : 107.65;
    return Optional.of(
        CameraJson.read(
            """
            {"id": "%s", "name": "%s", "url": "rtsp://192.0.2.1/1",
             "place": {"lat": 16.45, "lon": %s}}
            """
                .formatted(id, id, lon)
                .getBytes(StandardCharsets.UTF_8)));
  }

  /** A line of the year. */
  private static final class Case {
    private final String[] columns;
    private @Nullable ReportId report;
    private @Nullable Instant checkBy;
    private @Nullable Instant handleBy;

    Case(String line) {
      columns = line.split("\\|", -1);
    }

    private boolean isAt(int column, Instant now) {
      return at(columns[column].strip().substring(0, 11)).equals(now);
    }
  }

  @Test
  void reportsGoWhereTheTableSaysAndAreDueByTheRulesOfTheirDay() {
    List<Case> cases = YEAR.lines().map(Case::new).toList();
    for (; clock.instant().isBefore(at("12-31 00:00")); clock.advance(STEP)) {
      for (Case one : cases) {
        happen(one);
      }
      desk.deadlines().tick();
    }
    List<String> found = new ArrayList<>();
    for (Case one : cases) {
      found.add(line(one));
    }
    assertThat(found).containsExactlyElementsOf(YEAR.lines().map(String::stripTrailing).toList());
  }

  private void happen(Case one) {
    Instant now = clock.instant();
    if (one.isAt(0, now)) {
      String[] what = one.columns[0].strip().split(" +");
      one.report = queue.receive(alert(what[2], what[3]), List.of()).id();
      one.checkBy = due(one);
    }
    if (one.isAt(1, now)) {
      act(one, ReportAction.VERIFY);
      one.handleBy = due(one);
    }
    if (one.isAt(2, now)) {
      act(one, ReportAction.RESOLVE);
    }
  }

  private Alert alert(String camera, String type) {
    Timestamp start = new Timestamp(MediaTime.ZERO, clock.instant());
    return new Alert(
        AlertId.of(camera + type + clock.millis()),
        new Alert.Origin(new CameraId(camera), RuleId.of(type), type),
        Alert.Phase.OPENED,
        new Alert.Span(start, start),
        new Alert.Participants(List.of(), null, List.of()),
        new Alert.Finding("a reason", Map.of()));
  }

  private Report now(Case one) {
    return queue.find(requireNonNull(one.report)).orElseThrow();
  }

  private Instant due(Case one) {
    return requireNonNull(now(one).handling().dueAt());
  }

  private void act(Case one, ReportAction action) {
    queue.act(now(one).id(), action, null, null, LAN, RequestOrigin.NONE);
  }

  /** The line of the year as it came. */
  private String line(Case one) {
    Report report = now(one);
    Report.Step routed =
        report.history().stream().filter(step -> step.agency() != null).findFirst().orElseThrow();
    List<String> told = new ArrayList<>();
    for (Report.Step step : report.history()) {
      if (step.note() != null && step.action() == null) {
        told.add(told(step.note(), step.at()));
      }
    }
    return "%s|%s|%s| check by %s | %-17s | handle by %s | %s"
        .formatted(
            one.columns[0],
            one.columns[1],
            one.columns[2],
            shown(requireNonNull(one.checkBy)),
            routed.agency() + " by " + row(routed),
            shown(requireNonNull(one.handleBy)),
            String.join(", ", told))
        .stripTrailing();
  }

  private static String row(Report.Step routed) {
    StepNote note = routed.note();
    return note == null ? "nobody" : note.values().getOrDefault("row", "none");
  }

  private static String told(StepNote note, Instant at) {
    String who = note.values().getOrDefault("to", note.values().getOrDefault("agency", "desk"));
    return "%s %s %s".formatted(note.code().name().toLowerCase(Locale.ROOT), who, shown(at));
  }
}
