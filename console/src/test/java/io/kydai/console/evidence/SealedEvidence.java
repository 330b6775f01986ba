package io.kydai.console.evidence;

import static io.kydai.console.reports.Alerts.START;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.console.TestClock;
import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.streaming.evidence.EvidenceFolder;
import io.kydai.streaming.evidence.EvidenceItem;
import io.kydai.streaming.proof.SigningKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A node's evidence, reports and manifests, on a clock that a test moves. */
final class SealedEvidence implements AutoCloseable {
  static final String DAY = START.toString().substring(0, 10);

  final TestClock clock = new TestClock(Instant.parse("2026-11-22T09:00:00Z"));
  final Path root;
  final EvidenceFolder folder;
  final ManifestChain chain;
  final ReportQueue reports;
  final EvidenceManifests manifests;
  volatile int people = 5;
  private final Database database;
  private final Random random = new Random(15);

  SealedEvidence(Path data) throws IOException {
    root = data.resolve("evidence");
    folder = new EvidenceFolder(root);
    database = TestDatabase.open(data.resolve("kydai.db"));
    SigningKey key = SigningKey.open(data.resolve("evidence-key.pem"), root);
    chain = new ManifestChain(database, key, folder, clock);
    reports = new ReportQueue(database, ReportOutbox.NONE, clock);
    manifests =
        new EvidenceManifests(
            chain,
            folder,
            alert ->
                new AlertContext(
                    clock.instant(),
                    new RuleSpec(alert.rule().value(), alert.type(), Map.of("people", people)),
                    0.25),
            clock);
    reports.listen(manifests);
  }

  /** Writes a file of evidence, of which no report tells yet. */
  EvidenceItem file(String alert, String name, int size) throws IOException {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return file(alert, name, bytes);
  }

  private EvidenceItem file(String alert, String name, byte[] bytes) throws IOException {
    folder.add(AlertId.of(alert), START, name, bytes);
    return folder.describe(AlertId.of(alert), name).orElseThrow();
  }

  /** An alert opens, and has a snapshot. */
  void open(String alert) throws IOException {
    reports.receive(Alerts.opened(alert), List.of(file(alert, "snapshot.jpg", 5_000)));
  }

  /** A file of an alert is whole. */
  void add(String alert, String name, int size) throws IOException {
    reports.addEvidence(AlertId.of(alert), file(alert, name, size));
  }

  /** A file of an alert is whole. */
  void add(String alert, String name, byte[] bytes) throws IOException {
    reports.addEvidence(AlertId.of(alert), file(alert, name, bytes));
  }

  /** An alert opens, has all its files, and its manifest. */
  void complete(String alert) throws IOException {
    open(alert);
    add(alert, "clip.mp4", 700_000);
    add(alert, "observations.json", 3_000);
    settle();
  }

  void close(String alert) {
    reports.update(Alerts.alert(alert, Alert.Phase.CLOSED, 30));
  }

  /** Lets the time pass that changes have to settle, and writes what is due. */
  void settle() {
    clock.advance(EvidenceManifests.SETTLING.plus(Duration.ofMillis(1)));
    manifests.writeDue();
  }

  Path path(String alert, String name) {
    return root.resolve(DAY).resolve(alert).resolve(name);
  }

  @Override
  public void close() {
    manifests.close();
    database.close();
  }
}
