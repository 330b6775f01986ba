package io.kydai.console.duplicates;

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
import io.kydai.console.incidents.IncidentGrouping;
import io.kydai.console.reports.FollowsAnotherException;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportChangedException;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.ReportState;
import io.kydai.console.routing.Place;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicatesTest {
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01A", "lan");
  private static final Map<String, Place> PLACES =
      Map.of(
          "gate", new Place(16.4637, 107.5909),
          // 100 m to the north, and 300 m
          "corner", new Place(16.4646, 107.5909),
          "far", new Place(16.4664, 107.5909));

  @TempDir Path folder;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T09:00:00Z"));
  private Database database;
  private ReportQueue queue;
  private Duplicates duplicates;
  private final List<String> told = new ArrayList<>();
  private int alerts;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    queue =
        new ReportQueue(
            database,
            (db, report) -> told.add(report.handling().state() + " " + report.handling().agency()),
            clock,
            List.of(new IncidentGrouping(clock)),
            unfinished -> {});
    duplicates =
        new Duplicates(
            queue,
            new DeskSettings(database, new AuditLog(database, clock), clock),
            camera -> PLACES.getOrDefault(camera.value(), Place.UNKNOWN));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Report receive(String camera, String type, int seconds) {
    Timestamp start = new Timestamp(MediaTime.ZERO, clock.instant().plusSeconds(seconds));
    return queue.receive(
        new Alert(
            AlertId.of("a" + ++alerts),
            new Alert.Origin(new CameraId(camera), RuleId.of("r"), type),
            Alert.Phase.OPENED,
            new Alert.Span(start, start.plus(Duration.ofSeconds(1))),
            new Alert.Participants(List.of(1L), null, List.of()),
            new Alert.Finding("a reason", Map.of())),
        List.of());
  }

  private Report act(Report report, ReportAction action) {
    return queue.act(report.id(), action, "because", "Police", LAN, RequestOrigin.NONE);
  }

  private Report merge(Report report, Report into) {
    return queue.merge(report.id(), into.id(), null, LAN, RequestOrigin.NONE);
  }

  private Report now(Report report) {
    return queue.find(report.id()).orElseThrow();
  }

  @Test
  void candidatesAreOfTheSameTypeAndNearInPlaceAndTimeWhicheverCameraSawThem() {
    Report report = receive("gate", "crowding", 0);
    Report corner = receive("corner", "crowding", 60);
    Report again = receive("gate", "crowding", -120);
    receive("far", "crowding", 10);
    receive("corner", "stopped", 10);
    receive("corner", "crowding", 601);
    receive("nowhere", "crowding", 10);
    List<Candidate> found = duplicates.of(report);
    assertThat(found).extracting(one -> one.report().id()).containsExactly(corner.id(), again.id());
    assertThat(found).extracting(Candidate::seconds).containsExactly(60L, 120L);
    assertThat(found.get(0).metres()).isBetween(99.0, 101.0);
  }

  @Test
  void aReportThatFollowsAnotherGetsItsStepsAndKeepsItsOwnHistory() {
    Report parent = receive("gate", "crowding", 0);
    Report child = receive("corner", "crowding", 60);
    act(parent, ReportAction.VERIFY);
    List<Report> heard = new ArrayList<>();
    queue.listen(heard::add);
    Report merged = merge(child, parent);
    assertThat(merged.handling().state()).isEqualTo(ReportState.VERIFIED);
    assertThat(merged.handling().parent()).isEqualTo(parent.id().value());
    act(parent, ReportAction.ASSIGN);
    act(parent, ReportAction.RESOLVE);
    Report after = now(child);
    assertThat(after.handling().agency()).isEqualTo("Police");
    assertThat(after.history())
        .extracting(Report.Step::state)
        .containsExactly(
            ReportState.RECEIVED, ReportState.VERIFIED, ReportState.ASSIGNED, ReportState.RESOLVED);
    assertThat(after.history().get(1).reason()).isEqualTo("follows " + parent.id());
    assertThat(after.history().get(2).actor()).isEqualTo("lan");
    assertThat(heard).as("both, at each step").hasSize(5);
    assertThat(queue.followers(parent.id())).extracting(Report::id).containsExactly(child.id());
  }

  @Test
  void aReportThatFollowsAnotherIsDecidedOnThroughIt() {
    Report parent = receive("gate", "crowding", 0);
    Report child = receive("corner", "crowding", 60);
    Report third = receive("corner", "crowding", 90);
    merge(child, parent);
    assertThatThrownBy(() -> act(child, ReportAction.VERIFY))
        .isInstanceOf(FollowsAnotherException.class)
        .hasMessageContaining(parent.id().value());
    assertThatThrownBy(() -> merge(third, child)).isInstanceOf(FollowsAnotherException.class);
    assertThatThrownBy(() -> merge(parent, third)).isInstanceOf(FollowsAnotherException.class);
    assertThatThrownBy(() -> merge(third, third)).isInstanceOf(FollowsAnotherException.class);
    @Nullable Long seen = 7L;
    assertThatThrownBy(() -> queue.merge(third.id(), parent.id(), seen, LAN, RequestOrigin.NONE))
        .isInstanceOf(ReportChangedException.class);
  }

  @Test
  void aReportThatStandsAloneAgainGoesItsOwnWay() {
    Report parent = receive("gate", "crowding", 0);
    Report child = receive("corner", "crowding", 60);
    merge(child, parent);
    Report split = queue.split(child.id(), LAN, RequestOrigin.NONE);
    assertThat(split.handling().parent()).isNull();
    act(parent, ReportAction.REJECT);
    assertThat(now(child).handling().state()).isEqualTo(ReportState.RECEIVED);
    act(child, ReportAction.VERIFY);
    assertThatThrownBy(() -> queue.split(child.id(), LAN, RequestOrigin.NONE))
        .isInstanceOf(FollowsAnotherException.class);
    AuditLog audit = new AuditLog(database, clock);
    assertThat(audit.list(AuditFilter.all(9)).entries())
        .extracting(entry -> entry.type())
        .containsExactly("report.acted", "report.acted", "report.split", "report.merged");
  }

  @Test
  void whatIsDecidedIsNotUndoneByFollowingAnother() {
    Report open = receive("gate", "crowding", 0);
    Report rejected = receive("corner", "crowding", 60);
    act(rejected, ReportAction.REJECT);
    assertThatThrownBy(() -> merge(rejected, open))
        .isInstanceOf(FollowsAnotherException.class)
        .hasMessageContaining("open it again first");
    assertThat(now(rejected).handling().parent()).isNull();
    act(open, ReportAction.REJECT);
    assertThat(merge(rejected, open).handling().state()).isEqualTo(ReportState.REJECTED);
  }

  @Test
  void othersAreToldOfAnAgencyThatAReportGetsByFollowingAnother() {
    Report parent = receive("gate", "crowding", 0);
    Report child = receive("corner", "crowding", 60);
    for (Report report : List.of(parent, child)) {
      act(report, ReportAction.VERIFY);
    }
    queue.act(parent.id(), ReportAction.ASSIGN, null, "Roads", LAN, RequestOrigin.NONE);
    act(child, ReportAction.ASSIGN);
    told.clear();
    merge(child, parent);
    assertThat(told).containsExactly("ASSIGNED Roads");
  }
}
