package io.kydai.console.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.console.TestClock;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.reports.Decision;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportChangedException;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.ReportState;
import io.kydai.console.reports.SeenReport;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentsTest {
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01A", "lan");
  private static final Actor MINH = new Actor(Actor.Kind.ACCOUNT, "01B", "minh");
  private static final @Nullable String NONE = null;

  @TempDir Path folder;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T09:00:00Z"));
  private Database database;
  private ReportQueue queue;
  private Incidents incidents;
  private int alerts;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    queue =
        new ReportQueue(
            database,
            ReportOutbox.NONE,
            clock,
            List.of(new IncidentGrouping(clock)),
            unfinished -> {});
    incidents = new Incidents(database, new AuditLog(database, clock), clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** An alert that begins now. */
  private Report receive(String camera, String rule, String type) {
    Timestamp start = new Timestamp(MediaTime.ZERO, clock.instant());
    return queue.receive(
        new Alert(
            AlertId.of("a" + ++alerts),
            new Alert.Origin(new CameraId(camera), RuleId.of(rule), type),
            Alert.Phase.OPENED,
            new Alert.Span(start, start.plus(Duration.ofSeconds(1))),
            new Alert.Participants(List.of(1L), null, List.of()),
            new Alert.Finding("a reason", Map.of())),
        List.of());
  }

  private IncidentPage page(@Nullable Tab tab) {
    return page(tab, 200, null, null);
  }

  private IncidentPage page(
      @Nullable Tab tab,
      int limit,
      @Nullable String cursor,
      @Nullable List<ReportFilter.Part> visible) {
    return incidents.list(
        new IncidentFilter(
            tab, LAN.id(), List.of(), null, null, false, false, limit, cursor, visible));
  }

  private Report act(Report report, ReportAction action, Actor actor) {
    return queue.act(report.id(), action, "because", "Police", actor, RequestOrigin.NONE);
  }

  @Test
  void aFloodOfTwoCamerasIsTwoRows() {
    for (int i = 0; i < 200; i++) {
      receive(i % 3 == 0 ? "gate" : "park", "c5", "crowding");
      clock.advance(Duration.ofMillis(7_200));
    }
    List<Incident> rows = page(Tab.TO_CHECK).incidents();
    assertThat(rows).hasSize(2);
    assertThat(rows).extracting(row -> row.counts().reports()).containsExactlyInAnyOrder(67, 133);
    assertThat(Duration.between(rows.get(0).firstAt(), rows.get(0).lastAt()))
        .isGreaterThan(Duration.ofMinutes(23));
    for (Incident row : rows) {
      assertThat(queue.ofIncident(row.id().value()))
          .hasSize(row.counts().reports())
          .allMatch(report -> report.origin().camera().equals(row.camera()));
    }
  }

  @Test
  void aPauseAnotherRuleAndAnHourEachBeginAnIncident() {
    Report first = receive("gate", "c5", "crowding");
    clock.advance(Duration.ofMinutes(10));
    assertThat(receive("gate", "c5", "crowding").handling().incident())
        .isEqualTo(first.id().value());
    receive("gate", "c6", "crowding");
    clock.advance(Duration.ofMinutes(10).plusMillis(1));
    Report second = receive("gate", "c5", "crowding");
    assertThat(second.handling().incident()).isEqualTo(second.id().value());
    assertThat(page(Tab.TO_CHECK).incidents()).hasSize(3);
    Set<String> rows = new HashSet<>();
    for (int minute = 0; minute <= 131; minute += 5) {
      clock.advance(Duration.ofMinutes(5));
      rows.add(receive("gate", "c5", "crowding").handling().incident());
    }
    assertThat(rows).as("more than two hours without a pause").hasSize(3);
  }

  @Test
  void theMostUrgentComeFirstAndPagesHoldEachOnce() {
    List<String> expected = new ArrayList<>();
    for (String type : List.of("illegal-parking", "wrong-way", "crowding")) {
      for (int i = 0; i < 3; i++) {
        receive("c" + i, type, type);
        clock.advance(Duration.ofMinutes(1));
      }
    }
    List<String> seen = new ArrayList<>();
    String cursor = null;
    do {
      IncidentPage page = page(Tab.TO_CHECK, 2, cursor, null);
      page.incidents().forEach(one -> seen.add(one.priority() + " " + one.camera()));
      assertThat(page.counts().toCheck())
          .isEqualTo(Map.of(Priority.URGENT, 3, Priority.HIGH, 3, Priority.NORMAL, 3));
      cursor = page.next();
    } while (cursor != null);
    for (Priority priority : Priority.values()) {
      for (int i = 2; i >= 0; i--) {
        expected.add(priority + " c" + i);
      }
    }
    assertThat(seen).isEqualTo(expected);
    assertThatThrownBy(() -> page(Tab.DONE, 2, "x", null))
        .isInstanceOf(InvalidReportRequestException.class);
  }

  @Test
  void tabsFollowTheStatesAndMineIsWhatOneIsAtWorkOn() {
    Report one = receive("gate", "c5", "crowding");
    Report two = receive("park", "c5", "crowding");
    act(one, ReportAction.VERIFY, LAN);
    assertThat(page(null).incidents()).extracting(Incident::id).containsExactly(one.id());
    act(one, ReportAction.ASSIGN, LAN);
    assertThat(page(Tab.WITH_AGENCY).incidents()).hasSize(1);
    assertThat(page(Tab.TO_CHECK).mine()).isEqualTo(1);
    act(one, ReportAction.RESOLVE, MINH);
    act(two, ReportAction.REJECT, MINH);
    IncidentPage done = page(Tab.DONE);
    assertThat(done.incidents()).extracting(Incident::id).containsExactly(two.id(), one.id());
    assertThat(done.mine()).isZero();
    assertThat(done.counts().tabs())
        .isEqualTo(Map.of(Tab.TO_CHECK, 0, Tab.WITH_AGENCY, 0, Tab.DONE, 2));
    act(one, ReportAction.REOPEN, LAN);
    assertThat(page(null).incidents()).extracting(Incident::id).containsExactly(one.id());
  }

  @Test
  void whatSomebodyMayNotSeeIsInNoRowAndNoCount() {
    receive("gate", "c5", "crowding");
    receive("park", "c5", "crowding");
    ReportFilter.Part gate = new ReportFilter.Part(Set.of(new CameraId("gate")), null, null);
    IncidentPage page = page(Tab.TO_CHECK, 50, null, List.of(gate));
    assertThat(page.incidents()).extracting(row -> row.camera().value()).containsExactly("gate");
    assertThat(page.counts().tabs().get(Tab.TO_CHECK)).isEqualTo(1);
    ReportFilter.Part agency = new ReportFilter.Part(null, null, Set.of("Police"));
    assertThat(page(Tab.TO_CHECK, 50, null, List.of(agency)).incidents()).isEmpty();
    assertThat(page(Tab.TO_CHECK, 50, null, List.of()).incidents()).isEmpty();
    ReportFilter.Part later = new ReportFilter.Part(null, clock.instant().plusMillis(1), null);
    assertThat(page(Tab.TO_CHECK, 50, null, List.of(later)).counts().tabs().get(Tab.TO_CHECK))
        .isZero();
  }

  @Test
  void aDecisionOnSeveralIsTakenOnAllOrOnNone() {
    List<SeenReport> seen = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      seen.add(new SeenReport(receive("gate", "c5", "crowding").id(), 1L));
    }
    queue.act(seen.get(2).id(), ReportAction.VERIFY, NONE, NONE, MINH, RequestOrigin.NONE);
    Decision reject = new Decision(ReportAction.REJECT, "a flag", null, null);
    assertThatThrownBy(() -> queue.actTogether(seen, reject, LAN, RequestOrigin.NONE))
        .isInstanceOf(ReportChangedException.class)
        .hasMessageContaining("minh (verify)");
    assertThat(state(seen.get(0).id())).isEqualTo(ReportState.RECEIVED);
    queue.actTogether(seen.subList(0, 2), reject, LAN, RequestOrigin.NONE);
    for (SeenReport one : seen.subList(0, 2)) {
      Report report = queue.find(one.id()).orElseThrow();
      assertThat(report.handling().state()).isEqualTo(ReportState.REJECTED);
      assertThat(report.history()).hasSize(2);
      assertThat(report.history().get(1).actor()).isEqualTo("lan");
    }
    AuditLog audit = new AuditLog(database, clock);
    assertThat(audit.list(AuditFilter.all(9)).entries()).hasSize(3);
    Incident row = page(Tab.TO_CHECK).incidents().get(0);
    assertThat(row.counts()).isEqualTo(new Incident.Counts(3, 1, 0, 2, 0));
    assertThatThrownBy(
            () ->
                queue.actTogether(
                    List.of(seen.get(2), seen.get(2)), reject, LAN, RequestOrigin.NONE))
        .isInstanceOf(InvalidReportRequestException.class);
  }

  private ReportState state(ReportId id) {
    return queue.find(id).orElseThrow().handling().state();
  }

  @Test
  void theReportsOfAMutedRuleAreRejectedWithTheReasonUntilTheMuteEnds() {
    CameraId gate = new CameraId("gate");
    Instant until = clock.instant().plus(Duration.ofHours(2));
    incidents.mute(gate, RuleId.of("c5"), until, " road works ", LAN, RequestOrigin.NONE);
    assertThat(incidents.mutes()).extracting(Mute::reason).containsExactly("road works");
    Report muted = receive("gate", "c5", "crowding");
    assertThat(muted.handling().state()).isEqualTo(ReportState.REJECTED);
    assertThat(receive("gate", "c6", "crowding").handling().state())
        .isEqualTo(ReportState.RECEIVED);
    Report.Step step = queue.find(muted.id()).orElseThrow().history().get(1);
    assertThat(step.actor()).isEqualTo("kydai");
    assertThat(step.reason())
        .isEqualTo("lan muted this rule until 2026-11-22T11:00:00Z: road works");
    assertThat(incidents.verdicts(Instant.EPOCH)).as("nobody looked").isEmpty();
    assertThat(page(Tab.TO_CHECK).incidents()).hasSize(1);
    clock.advance(Duration.ofHours(2));
    assertThat(incidents.mutes()).isEmpty();
    assertThat(receive("gate", "c5", "crowding").handling().state())
        .isEqualTo(ReportState.RECEIVED);

    incidents.mute(
        gate, RuleId.of("c5"), clock.instant().plusSeconds(60), "rain", LAN, RequestOrigin.NONE);
    incidents.unmute(gate, RuleId.of("c5"), MINH, RequestOrigin.NONE);
    assertThat(incidents.mutes()).isEmpty();
    AuditLog audit = new AuditLog(database, clock);
    assertThat(audit.list(AuditFilter.all(9)).entries())
        .extracting(entry -> entry.type())
        .containsExactly("rule.unmuted", "rule.muted", "report.acted", "rule.muted");
    assertThatThrownBy(
            () ->
                incidents.mute(
                    gate,
                    RuleId.of("c5"),
                    clock.instant().plus(Duration.ofDays(91)),
                    "x",
                    LAN,
                    RequestOrigin.NONE))
        .isInstanceOf(InvalidReportRequestException.class);
  }

  @Test
  void thereAreSoManyMutesAndOnesThatEndedAreForgotten() {
    Instant now = clock.instant();
    database.inTransaction(
        db -> {
          for (int i = 0; i < 10_001; i++) {
            Instant until = i == 0 ? now.minus(Duration.ofDays(91)) : now.plusSeconds(60);
            CameraId camera = new CameraId("camera-" + i);
            RuleTable.insertMute(
                db, "m" + i, new Mute(camera, RuleId.of("r"), now, until, "lan", "rain"));
          }
          return true;
        });
    CameraId gate = new CameraId("gate");
    RuleId rule = RuleId.of("c5");
    Instant until = now.plusSeconds(120);
    assertThatThrownBy(() -> incidents.mute(gate, rule, until, "x", LAN, RequestOrigin.NONE))
        .isInstanceOf(InvalidReportRequestException.class)
        .hasMessageContaining("end some mutes first");
    clock.advance(Duration.ofSeconds(61));
    incidents.mute(gate, rule, until, "x", LAN, RequestOrigin.NONE);
    int rows =
        database.inSnapshot(
            db -> db.createQuery("SELECT COUNT(*) FROM rule_mute").mapTo(Integer.class).one());
    assertThat(rows).as("without the one that ended long ago").isEqualTo(10_001);
  }

  @Test
  void theShareOfRejectedReportsFollowsEachChangeOfMind() {
    List<Report> reports = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      reports.add(receive("gate", "c5", "crowding"));
      act(reports.get(i), i < 4 ? ReportAction.REJECT : ReportAction.VERIFY, LAN);
    }
    assertThat(verdicts()).isEqualTo("6 true, 4 false, often true");
    clock.advance(Duration.ofDays(2));
    act(reports.get(0), ReportAction.REOPEN, LAN);
    assertThat(verdicts()).isEqualTo("6 true, 3 false, often false");
    act(reports.get(0), ReportAction.VERIFY, LAN);
    act(reports.get(9), ReportAction.REJECT, LAN);
    assertThat(verdicts()).isEqualTo("6 true, 4 false, often true");
    assertThat(incidents.verdicts(clock.instant()))
        .as("of today alone")
        .containsExactly(new Verdicts(new CameraId("gate"), RuleId.of("c5"), 1, 1));
  }

  private String verdicts() {
    Verdicts all = incidents.verdicts(Instant.EPOCH).get(0);
    return "%d true, %d false, often %s"
        .formatted(all.verified(), all.rejected(), all.oftenRejected());
  }

  @Test
  void theCountsAreThoseOfTheReportsAfterAnySteps() {
    Random random = new Random(7);
    List<Report> reports = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      reports.add(receive("c" + i % 3, "r", "crowding"));
    }
    for (int i = 0; i < 150; i++) {
      Report report = queue.find(reports.get(random.nextInt(reports.size())).id()).orElseThrow();
      List<ReportAction> actions = report.handling().actions();
      act(report, actions.get(random.nextInt(actions.size())), LAN);
    }
    for (Tab tab : Tab.values()) {
      for (Incident row : page(tab).incidents()) {
        Map<Tab, Long> expected =
            queue.ofIncident(row.id().value()).stream()
                .collect(
                    Collectors.groupingBy(
                        report -> Tab.of(report.handling().state()), Collectors.counting()));
        assertThat(row.counts())
            .isEqualTo(
                new Incident.Counts(
                    4,
                    expected.getOrDefault(Tab.TO_CHECK, 0L).intValue(),
                    expected.getOrDefault(Tab.WITH_AGENCY, 0L).intValue(),
                    expected.getOrDefault(Tab.DONE, 0L).intValue(),
                    0));
        assertThat(expected.keySet().stream().min(Tab::compareTo)).hasValue(tab);
      }
    }
  }
}
