package io.kydai.console.node;

import static io.kydai.console.reports.Alerts.START;
import static io.kydai.console.reports.Alerts.opened;
import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.AlertId;
import io.kydai.console.TestClock;
import io.kydai.console.evidence.ManifestChain;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.streaming.evidence.EvidenceFolder;
import io.kydai.streaming.evidence.EvidenceItem;
import io.kydai.streaming.proof.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphanedEvidenceTest {
  private static final String DAY = START.toString().substring(0, 10);

  @TempDir Path data;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T09:00:00Z"));
  private EvidenceFolder folder;
  private Database database;
  private ManifestChain chain;

  @BeforeEach
  void open() throws Exception {
    folder = new EvidenceFolder(data.resolve("evidence"));
    database = TestDatabase.open(data.resolve("kydai.db"));
    SigningKey key = SigningKey.open(data.resolve("key.pem"), data.resolve("evidence"));
    chain = new ManifestChain(database, key, folder, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void file(String alert, String name) throws Exception {
    Path path = data.resolve("evidence").resolve(DAY).resolve(alert).resolve(name);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "abc");
  }

  private ReportQueue start() {
    return new ReportQueue(
        database,
        ReportOutbox.NONE,
        clock,
        List.of(),
        queue -> OrphanedEvidence.reconcile(folder, queue, chain));
  }

  @Test
  void aClipThatACrashKeptOutOfItsReportIsTakenInAndNotMissed() throws Exception {
    ReportId id = start().receive(opened("a1"), List.of()).id();
    file("a1", "clip.mp4");
    Report report = start().find(id).orElseThrow();
    assertThat(report.evidence())
        .containsExactly(
            new EvidenceItem(
                "clip.mp4",
                "video/mp4",
                3,
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    assertThat(report.history())
        .extracting(step -> requireNonNullElse(step.reason(), ""))
        .noneMatch(reason -> reason.contains("no clip"));
    assertThat(start().find(id).orElseThrow().evidence()).as("once").hasSize(1);
  }

  @Test
  void evidenceOfNoReportIsDeleted() throws Exception {
    start().receive(opened("a1"), List.of());
    file("a1", "snapshot.jpg");
    file("lost", "snapshot.jpg");
    start();
    assertThat(folder.alerts(1)).containsExactly(AlertId.of("a1"));
    assertThat(folder.deletions())
        .as("a signed record")
        .containsExactlyInAnyOrder("1.json", "1.sig");
  }

  @Test
  void evidenceOfAnotherDatabaseIsKept() throws Exception {
    for (int i = 0; i <= OrphanedEvidence.MAX_DELETED; i++) {
      file("a" + i, "snapshot.jpg");
    }
    start();
    assertThat(folder.alerts(1)).hasSize(OrphanedEvidence.MAX_DELETED + 1);
  }
}
