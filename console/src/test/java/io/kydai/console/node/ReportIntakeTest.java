package io.kydai.console.node;

import static io.kydai.console.reports.Alerts.alert;
import static io.kydai.console.reports.Alerts.opened;
import static io.kydai.console.reports.Alerts.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.Alert.Phase;
import io.kydai.analytics.alert.AlertId;
import io.kydai.console.TestClock;
import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.models.detection.Box;
import io.kydai.streaming.evidence.EvidenceItem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportIntakeTest {
  private static final EvidenceItem CLIP =
      new EvidenceItem("clip.mp4", "video/mp4", 50, "cd".repeat(32));

  @TempDir Path folder;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T09:00:00Z"));
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private IntakeJournal journal;
  private Database database;

  @BeforeEach
  void open() {
    journal = new IntakeJournal(folder.resolve("intake.waiting"));
    database = TestDatabase.open(folder.resolve("kydai.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private ReportQueue queue(ReportOutbox outbox) {
    return new ReportQueue(
        database, outbox, clock, List.of(), queue -> ReportIntake.applyStored(journal, queue));
  }

  private static List<Report> reports(ReportQueue queue) {
    return queue.list(new ReportFilter(null, null, null, null, 200, null)).reports();
  }

  @Test
  void whatWaitsForALockedDatabaseAtTheEndIsInTheQueueAfterTheNextStart() throws Exception {
    ReportQueue queue = queue(ReportOutbox.NONE);
    Alert read = read(alert("a1", Phase.CLOSED, 30), "51F12345", 0.95);
    try (TestDatabase.Lock lock = TestDatabase.lock(folder.resolve("kydai.db"))) {
      assertThat(lock).isNotNull();
      ReportIntake intake = new ReportIntake(queue, journal, metrics);
      intake.opened(opened("a1"), List.of());
      intake.evidence(AlertId.of("a1"), CLIP);
      intake.closed(read);
      intake.opened(opened("a2"), List.of());
      intake.close();
    }
    // The transaction that was being tried may still be done: the end of the process waits for it.
    database.close();
    open();
    List<Report> found = reports(queue(ReportOutbox.NONE));
    assertThat(found)
        .extracting(report -> report.origin().alert().value())
        .containsExactly("a2", "a1");
    Report first = found.get(1);
    assertThat(first.times().endedAt())
        .as("its own end, not the node's")
        .isEqualTo(read.span().end().wallClock());
    assertThat(first.finding().measures()).isEqualTo(read.finding().measures());
    assertThat(first.participants().plates().get(0).text()).isEqualTo("51F12345");
    assertThat(first.evidence()).containsExactly(CLIP);
    assertThat(journal.read()).as("told once").isEmpty();
  }

  @Test
  void anAlertIsReadFromTheJournalAsItWasWritten() throws Exception {
    Alert plain = opened("a1");
    Alert whole = Alerts.within(new Box(0.1f, 0.2f, 0.3f, 0.4f), read(plain, "51F12345", 0.95));
    List<IntakeStep> steps = List.of(new IntakeStep.Changed(whole), new IntakeStep.Changed(plain));
    assertThat(journal.write(steps)).isEqualTo(2);
    assertThat(journal.read()).isEqualTo(steps);
  }

  @Test
  void whoWaitsForRoomWhenTheNodeEndsGoesOnAndNothingIsLost() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    ReportQueue queue =
        queue(
            (transaction, report) -> {
              failed.countDown();
              throw new SQLException("disk full");
            });
    ReportIntake intake = new ReportIntake(queue, journal, metrics);
    int alerts = ReportIntake.CAPACITY + 20;
    Thread analysis =
        new Thread(
            () -> {
              for (int i = 0; i < alerts; i++) {
                intake.opened(opened("a" + i), List.of());
              }
            });
    analysis.start();
    assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();
    intake.stopWaiting();
    analysis.join();
    assertThat(metrics.get("kydai.console.intake.waiting").gauge().value()).isEqualTo(alerts);
    intake.close();
    assertThat(journal.read())
        .extracting(step -> ((IntakeStep.Opened) step).alert().id().value())
        .hasSize(alerts)
        .startsWith("a0", "a1")
        .endsWith("a" + (alerts - 1));
  }

  @Test
  void aFaultIsToldWhileItLastsAndWhatWaitedIsWrittenAfterIt() throws Exception {
    CountDownLatch failures = new CountDownLatch(2);
    CountDownLatch written = new CountDownLatch(1);
    ReportQueue queue =
        queue(
            (transaction, report) -> {
              if (failures.getCount() > 0) {
                failures.countDown();
                throw new SQLException("disk full");
              }
            });
    queue.listen(report -> written.countDown());
    try (ReportIntake intake = new ReportIntake(queue, journal, metrics)) {
      intake.opened(opened("a1"), List.of());
      assertThat(failures.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(written.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(reports(queue)).hasSize(1);
      assertThat(metrics.counter("kydai.console.intake.retries").count()).isEqualTo(2);
    }
    assertThat(journal.read()).isEmpty();
  }

  @Test
  void theRoomForWhatWaitsIsTakenAtTheStartAndACrashInTheMidstLosesOneLine() throws Exception {
    ReportQueue queue = queue(ReportOutbox.NONE);
    Path file = folder.resolve("intake.waiting");
    assertThat(Files.size(file)).isEqualTo(IntakeJournal.RESERVED);
    journal.write(
        List.of(
            new IntakeStep.Opened(opened("a1"), List.of(CLIP)),
            new IntakeStep.Changed(alert("a1", Phase.CLOSED, 12))));
    assertThat(Files.size(file)).as("no room is taken anew").isEqualTo(IntakeJournal.RESERVED);
    String text = Files.readString(file).stripTrailing();
    Files.writeString(file, text.substring(0, text.length() - 5));
    assertThat(journal.read()).containsExactly(new IntakeStep.Opened(opened("a1"), List.of(CLIP)));
    ReportIntake.applyStored(journal, queue);
    assertThat(reports(queue)).hasSize(1);
    assertThat(Files.size(file)).isEqualTo(IntakeJournal.RESERVED);
  }
}
