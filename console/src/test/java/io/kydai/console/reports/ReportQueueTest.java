package io.kydai.console.reports;

import static io.kydai.console.reports.Alerts.START;
import static io.kydai.console.reports.Alerts.alert;
import static io.kydai.console.reports.Alerts.opened;
import static io.kydai.console.reports.Alerts.read;
import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.Alert.Phase;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.Plate;
import io.kydai.console.TestClock;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.evidence.EvidenceItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportQueueTest {
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01A", "lan");
  private static final Actor MINH = new Actor(Actor.Kind.ACCOUNT, "01B", "minh");
  private static final EvidenceItem SNAPSHOT =
      new EvidenceItem("snapshot.jpg", "image/jpeg", 5, "ab".repeat(32));
  private static final EvidenceItem CLIP =
      new EvidenceItem("clip.mp4", "video/mp4", 50, "cd".repeat(32));
  private static final @Nullable String NONE = null;

  @TempDir Path folder;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T09:00:00.123Z"));
  private Database database;
  private ReportQueue queue;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    queue = new ReportQueue(database, ReportOutbox.NONE, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private ReportPage page(int limit, @Nullable String cursor) {
    return queue.list(filter(null, limit, cursor));
  }

  private static ReportFilter filter(
      @Nullable ReportState state, int limit, @Nullable String cursor) {
    return new ReportFilter(state, null, null, null, limit, cursor);
  }

  @Test
  void anAlertBecomesAReportThatComesBackTheSame() {
    Report report = queue.receive(opened("a1"), List.of(SNAPSHOT));
    assertThat(report.handling().state()).isEqualTo(ReportState.RECEIVED);
    assertThat(report.times().receivedAt()).isEqualTo(clock.instant());
    assertThat(report.times().startedAt()).isEqualTo(START);
    assertThat(report.times().endedAt()).isNull();
    assertThat(report.finding().measures()).isEqualTo(opened("a1").finding().measures());
    assertThat(report.participants().tracks()).containsExactly(3L, 7L);
    assertThat(report.evidence()).containsExactly(SNAPSHOT);
    Report found = queue.find(report.id()).orElseThrow();
    assertThat(found.withHistory(List.of())).isEqualTo(report);
    assertThat(found.history())
        .containsExactly(
            new Report.Step(clock.instant(), ReportState.RECEIVED, "kydai", NONE, null));
  }

  @Test
  void theSameAlertTwiceMakesOneReport() {
    Report first = queue.receive(opened("a1"), List.of(SNAPSHOT));
    Report second = queue.receive(opened("a1"), List.of(SNAPSHOT));
    assertThat(second).isEqualTo(first);
    assertThat(page(10, NONE).reports()).hasSize(1);
  }

  @Test
  void updatesAndTheClosingReachTheReport() {
    queue.receive(opened("a1"), List.of());
    assertThat(queue.update(alert("a1", Phase.UPDATED, 20)).orElseThrow().finding().reason())
        .contains("20 s");
    assertThat(queue.update(alert("a1", Phase.CLOSED, 30)).orElseThrow().times().endedAt())
        .isEqualTo(START.plusSeconds(30));
    assertThat(queue.update(alert("a1", Phase.UPDATED, 40)).orElseThrow().finding().reason())
        .as("what was overtaken by the closing")
        .contains("30 s");
    assertThat(queue.update(alert("none", Phase.UPDATED, 40))).isEmpty();
  }

  @Test
  void updatesWithinASecondAreNotWritten() {
    queue.receive(opened("a1"), List.of());
    List<Report> heard = new ArrayList<>();
    queue.listen(heard::add);
    queue.update(alert("a1", Phase.UPDATED, 10));
    assertThat(heard).isEmpty();
    queue.update(alert("a1", Phase.UPDATED, 11));
    queue.update(alert("a1", Phase.CLOSED, 11));
    assertThat(heard).hasSize(2);
  }

  @Test
  void aPlateThatIsReadLaterReachesTheReportAtOnceAndOutsideOnce() {
    List<String> outside = new ArrayList<>();
    ReportOutbox outbox =
        new ReportOutbox() {
          @Override
          public void write(Handle transaction, Report report) {
            outside.add(report.handling().state().text());
          }

          @Override
          public void writePlates(Handle transaction, Report report) {
            outside.add(report.participants().plates().get(0).text());
          }
        };
    ReportQueue telling = new ReportQueue(database, outbox, clock);
    ReportId id = telling.receive(opened("a1"), List.of()).id();
    assertThat(telling.find(id).orElseThrow().participants().plates()).isEmpty();
    // At the very moment up to which the alert is known already.
    Alert updated = alert("a1", Phase.UPDATED, 10);
    telling.update(read(updated, "51F12345", 0.9514));
    Plate plate = telling.find(id).orElseThrow().participants().plates().get(0);
    assertThat(plate).isEqualTo(new Plate(7, "51F12345", 0.951, 3, 4, "VN"));
    telling.update(read(updated, "51F12345", 0.97));
    assertThat(telling.find(id).orElseThrow().participants().plates().get(0).confidence())
        .isEqualTo(0.97);
    telling.update(read(alert("a1", Phase.CLOSED, 12), "51F12345", 0.98));
    assertThat(telling.find(id).orElseThrow().participants().plates().get(0).confidence())
        .isEqualTo(0.98);
    assertThat(outside).containsExactly("received", "51F12345");
    assertThat(plate.toString()).as("logs").doesNotContain("51F12345");
  }

  @Test
  void theColumnsThatHoldJsonStayAsTheyAre() {
    Alert opened = opened("a1");
    queue.receive(
        opened.with(
            opened.phase(),
            List.of(
                new Plate(7, "51F12345", 0.9519, 3, 4, "VN"), new Plate(3, "30A1", 1, 2, 2, null))),
        List.of());
    String columns =
        database.inSnapshot(
            db ->
                db.createQuery("SELECT tracks || ' ' || plates FROM report")
                    .mapTo(String.class)
                    .one());
    assertThat(columns)
        .isEqualTo(
            """
            [3,7] [{"text":"51F12345","confidence":0.951,"votes":3,"frames":4,"track":7,\
            "format":"VN"},{"text":"30A1","confidence":1.0,"votes":2,"frames":2,"track":3}]""");
  }

  @Test
  void anUpdateWhoseTransactionFailedIsWrittenWhenItComesAgain() {
    List<ReportId> attempts = new ArrayList<>();
    ReportOutbox failingOnce =
        new ReportOutbox() {
          @Override
          public void write(Handle transaction, Report report) {}

          @Override
          public void writePlates(Handle transaction, Report report) throws SQLException {
            attempts.add(report.id());
            if (attempts.size() == 1) {
              throw new SQLException("disk full");
            }
          }
        };
    ReportQueue other = new ReportQueue(database, failingOnce, clock);
    ReportId id = other.receive(opened("a1"), List.of()).id();
    Alert updated = read(alert("a1", Phase.UPDATED, 20), "51F12345", 0.95);
    assertThatThrownBy(() -> other.update(updated)).hasMessageContaining("disk full");
    assertThat(other.find(id).orElseThrow().participants().plates()).isEmpty();
    other.update(updated);
    assertThat(other.find(id).orElseThrow().participants().plates()).hasSize(1);
  }

  @Test
  void anAlertWhoseFirstTransactionFailedIsTakenInWhenItComesAgain() {
    List<ReportId> attempts = new ArrayList<>();
    ReportOutbox failingOnce =
        (transaction, report) -> {
          attempts.add(report.id());
          if (attempts.size() == 1) {
            throw new SQLException("disk full");
          }
        };
    ReportQueue other = new ReportQueue(database, failingOnce, clock);
    assertThatThrownBy(() -> other.receive(opened("a1"), List.of()))
        .hasMessageContaining("disk full");
    other.receive(opened("a1"), List.of(SNAPSHOT));
    assertThat(page(10, NONE).reports()).hasSize(1);
  }

  @Test
  void evidenceIsAddedOnce() {
    queue.receive(opened("a1"), List.of(SNAPSHOT));
    queue.addEvidence(AlertId.of("a1"), CLIP);
    assertThat(queue.addEvidence(AlertId.of("a1"), CLIP).orElseThrow().evidence())
        .containsExactly(SNAPSHOT, CLIP);
    assertThat(queue.addEvidence(AlertId.of("none"), CLIP)).isEmpty();
  }

  @Test
  void aReportGoesItsWayStepByStep() {
    ReportId id = queue.receive(opened("a1"), List.of()).id();
    queue.act(id, ReportAction.VERIFY, NONE, NONE, LAN, RequestOrigin.NONE);
    clock.advance(Duration.ofMinutes(1));
    queue.act(id, ReportAction.ASSIGN, " urgent ", "Police", LAN, RequestOrigin.NONE);
    Report resolved = queue.act(id, ReportAction.RESOLVE, NONE, "x", MINH, RequestOrigin.NONE);
    assertThat(resolved.handling().state()).isEqualTo(ReportState.RESOLVED);
    assertThat(resolved.handling().agency()).isEqualTo("Police");
    assertThat(resolved.history())
        .extracting(Report.Step::state)
        .containsExactly(
            ReportState.RECEIVED, ReportState.VERIFIED, ReportState.ASSIGNED, ReportState.RESOLVED);
    assertThat(resolved.history().get(2))
        .isEqualTo(
            new Report.Step(
                clock.instant(),
                ReportState.ASSIGNED,
                "lan",
                "urgent",
                "Police",
                ReportAction.ASSIGN,
                null));
  }

  @Test
  void whatIsNotAllowedIsRefusedAndChangesNothing() {
    ReportId id = queue.receive(opened("a1"), List.of()).id();
    assertThatThrownBy(
            () ->
                queue.act(
                    ReportId.of("01ARZ3NDEKTSV4RRFFQ69G5FAV"),
                    ReportAction.VERIFY,
                    NONE,
                    NONE,
                    LAN,
                    RequestOrigin.NONE))
        .isInstanceOf(UnknownReportException.class);
    assertThatThrownBy(
            () -> queue.act(id, ReportAction.RESOLVE, NONE, NONE, LAN, RequestOrigin.NONE))
        .isInstanceOf(IllegalTransitionException.class);
    assertThatThrownBy(() -> queue.act(id, ReportAction.REJECT, " ", NONE, LAN, RequestOrigin.NONE))
        .isInstanceOfSatisfying(
            InvalidReportRequestException.class, e -> assertThat(e.field()).isEqualTo("reason"));
    assertThatThrownBy(
            () -> queue.act(id, ReportAction.ASSIGN, NONE, NONE, LAN, RequestOrigin.NONE))
        .isInstanceOfSatisfying(
            InvalidReportRequestException.class, e -> assertThat(e.field()).isEqualTo("agency"));
    assertThatThrownBy(
            () ->
                queue.act(id, ReportAction.REJECT, "x".repeat(2001), NONE, LAN, RequestOrigin.NONE))
        .isInstanceOf(InvalidReportRequestException.class);
    assertThat(queue.find(id).orElseThrow().history()).hasSize(1);
  }

  @Test
  void aStepAndItsEntryInTheAuditAreOneTransaction() {
    ReportId id = queue.receive(opened("a1"), List.of()).id();
    AuditLog audit = new AuditLog(database, clock);
    queue.act(id, ReportAction.VERIFY, " sure ", NONE, LAN, new RequestOrigin("10.0.0.7", "r-1"));
    AuditEntry entry = audit.list(AuditFilter.all(9)).entries().get(0);
    assertThat(entry.actorName()).isEqualTo("lan");
    assertThat(entry.request()).isEqualTo("r-1");
    assertThat(entry.report()).isEqualTo(id.value());
    assertThat(entry.reason()).isEqualTo("sure");
    assertThat(entry.details())
        .isEqualTo("{\"action\":\"verify\",\"after\":\"verified\",\"before\":\"received\"}");

    database.inTransaction(db -> db.execute("ALTER TABLE audit RENAME TO away"));
    assertThatThrownBy(
            () -> queue.act(id, ReportAction.ASSIGN, NONE, "Police", LAN, RequestOrigin.NONE))
        .isNotNull();
    database.inTransaction(db -> db.execute("ALTER TABLE away RENAME TO audit"));
    assertThat(queue.find(id).orElseThrow().handling().state()).isEqualTo(ReportState.VERIFIED);
    assertThat(audit.verify().entries()).isEqualTo(1);
  }

  @Test
  void aPageTakesAsManyStatementsHoweverManyReportsAreOnIt() {
    for (int i = 0; i < 20; i++) {
      queue.receive(opened("a" + i), List.of(SNAPSHOT, CLIP));
    }
    long before = database.statements();
    assertThat(page(1, NONE).reports()).hasSize(1);
    assertThat(database.statements() - before).isEqualTo(2);
    List<Report> all = page(200, NONE).reports();
    assertThat(database.statements() - before).isEqualTo(4);
    assertThat(all)
        .hasSize(20)
        .allSatisfy(report -> assertThat(report.evidence()).containsExactly(SNAPSHOT, CLIP));
    queue.find(all.get(0).id());
    assertThat(database.statements() - before).as("with its history").isEqualTo(7);
  }

  @Test
  void pagesStayPutWhileReportsComeIn() {
    List<ReportId> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(0, queue.receive(opened("a" + i), List.of()).id());
    }
    ReportPage first = page(2, NONE);
    queue.receive(opened("late"), List.of());
    ReportPage second = page(2, first.next());
    ReportPage third = page(2, second.next());
    assertThat(third.next()).isNull();
    List<ReportId> seen = new ArrayList<>();
    for (ReportPage page : List.of(first, second, third)) {
      page.reports().forEach(report -> seen.add(report.id()));
    }
    assertThat(seen).isEqualTo(ids);
  }

  @Test
  void listsWhatIsAskedFor() {
    ReportId id = queue.receive(opened("a1"), List.of()).id();
    queue.receive(opened("a2"), List.of());
    queue.act(id, ReportAction.VERIFY, NONE, NONE, LAN, RequestOrigin.NONE);
    assertThat(queue.list(filter(ReportState.VERIFIED, 10, NONE)).reports())
        .extracting(Report::id)
        .containsExactly(id);
    ReportFilter all =
        new ReportFilter(
            ReportState.RECEIVED, new CameraId("gate"), "crowding", clock.instant(), 200, NONE);
    assertThat(queue.list(all).reports())
        .extracting(report -> report.origin().alert().value())
        .containsExactly("a2");
    ReportFilter later =
        new ReportFilter(null, null, null, clock.instant().plusMillis(1), 10, NONE);
    assertThat(queue.list(later).reports()).isEmpty();
  }

  @Test
  void wrongLimitsAndCursorsAreRefused() {
    assertThatThrownBy(() -> page(0, NONE)).isInstanceOf(InvalidReportRequestException.class);
    assertThatThrownBy(() -> page(201, NONE)).isInstanceOf(InvalidReportRequestException.class);
    for (String cursor : List.of("", "!", "MTp4", "1".repeat(1000), "' OR 1=1")) {
      assertThatThrownBy(() -> page(1, cursor))
          .as(cursor)
          .isInstanceOfSatisfying(
              InvalidReportRequestException.class, e -> assertThat(e.field()).isEqualTo("cursor"));
    }
  }

  @Test
  void whatAProcessLeftOpenIsEndedByTheNext() {
    ReportId open = queue.receive(opened("open"), List.of(SNAPSHOT)).id();
    queue.update(alert("open", Phase.UPDATED, 25));
    ReportId whole = queue.receive(opened("whole"), List.of(SNAPSHOT)).id();
    queue.addEvidence(AlertId.of("whole"), CLIP);
    queue.update(alert("whole", Phase.CLOSED, 12));
    clock.advance(Duration.ofMinutes(5));
    ReportQueue next = new ReportQueue(database, ReportOutbox.NONE, clock);
    Report report = next.find(open).orElseThrow();
    assertThat(report.times().endedAt()).isEqualTo(START.plusSeconds(25));
    assertThat(report.history())
        .extracting(step -> requireNonNullElse(step.reason(), ""))
        .containsExactly(
            "",
            "the node ended while this lasted; its end is the last known moment",
            "the node ended before the clip was whole; there is no clip");
    assertThat(next.find(whole).orElseThrow().history()).hasSize(1);
    ReportQueue third = new ReportQueue(database, ReportOutbox.NONE, clock);
    assertThat(third.find(open).orElseThrow().history()).as("noted once").hasSize(3);
  }

  @Tag("sqlite")
  @Test
  void whatWasReceivedIsThereWhenTheProcessDiesAtThatMoment() throws IOException {
    List<ReportId> received = new ArrayList<>();
    Path copy = Files.createDirectories(folder.resolve("after-the-crash"));
    for (int i = 0; i < 20; i++) {
      received.add(0, queue.receive(opened("a" + i), List.of(SNAPSHOT)).id());
      if (i == 12) {
        // What the disk has now, while the process still holds it open: no checkpoint, no close.
        Files.copy(folder.resolve("kydai.db"), copy.resolve("kydai.db"));
        Files.copy(folder.resolve("kydai.db-wal"), copy.resolve("kydai.db-wal"));
      }
    }
    try (Database reopened = Database.open(copy.resolve("kydai.db"))) {
      ReportQueue next = new ReportQueue(reopened, ReportOutbox.NONE, clock);
      assertThat(next.list(filter(null, 200, NONE)).reports())
          .extracting(Report::id)
          .isEqualTo(received.subList(7, 20));
      ReportId again = next.receive(opened("a12"), List.of(SNAPSHOT)).id();
      assertThat(again).as("the alert comes again after the crash").isEqualTo(received.get(7));
      assertThat(next.receive(opened("new"), List.of()).id().value())
          .isGreaterThan(received.get(7).value());
    }
  }

  @Test
  void aReportWithoutItsOutboxRowIsNoReport() {
    ReportOutbox failing =
        (transaction, report) -> {
          throw new SQLException("disk full");
        };
    ReportQueue other = new ReportQueue(database, failing, clock);
    assertThatThrownBy(() -> other.receive(opened("a1"), List.of()))
        .hasMessageContainingAll("the database", "failed: ", "disk full");
    assertThat(page(10, NONE).reports()).isEmpty();
  }
}
