package io.kydai.console.node;

import static io.kydai.console.reports.Alerts.alert;
import static io.kydai.console.reports.Alerts.opened;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.Alert.Phase;
import io.kydai.analytics.alert.AlertId;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.store.Database;
import io.kydai.console.store.DatabaseAddress;
import io.kydai.console.store.PostgresqlCluster;
import io.kydai.console.store.StoreException;
import io.kydai.streaming.evidence.EvidenceItem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of a real PostgreSQL server while alerts come: each is named, what comes meanwhile waits,
 * and after it every alert is in the queue, once, without anybody's help.
 */
@Tag("postgresql")
@Timeout(300)
class PostgresqlFaultsTest {
  private static final EvidenceItem CLIP =
      new EvidenceItem("clip.mp4", "video/mp4", 50, "cd".repeat(32));

  @TempDir Path folder;
  private PostgresqlCluster cluster;
  private String name;
  private Database database;
  private ReportQueue queue;
  private ReportIntake intake;

  @BeforeEach
  void open() {
    cluster = PostgresqlCluster.get();
    name = cluster.createDatabase();
  }

  private void begin() {
    database = Database.open(DatabaseAddress.of(cluster.url(name)));
    queue = new ReportQueue(database, ReportOutbox.NONE, Clock.systemUTC());
    intake =
        new ReportIntake(
            queue, new IntakeJournal(folder.resolve("intake.waiting")), new SimpleMeterRegistry());
    intake.opened(opened("before"), List.of());
    await(() -> alerts().contains("before"));
  }

  @AfterEach
  void close() {
    intake.close();
    database.close();
    cluster.dropDatabase(name);
  }

  /** While the server recovers, nothing can be read. */
  private static void await(BooleanSupplier condition) {
    while (true) {
      try {
        if (condition.getAsBoolean()) {
          return;
        }
      } catch (StoreException e) {
        assertThat(e).hasMessageContaining("the database postgresql://kydai@127.0.0.1");
      }
      Thread.yield();
    }
  }

  private List<Report> reports() {
    return queue.list(new ReportFilter(null, null, null, null, 200, null)).reports();
  }

  private List<String> alerts() {
    return reports().stream().map(report -> report.origin().alert().value()).sorted().toList();
  }

  /** What comes while the server fails. */
  private void alertsCome() {
    intake.opened(large(opened("a1")), List.of());
    intake.evidence(AlertId.of("a1"), CLIP);
    intake.closed(alert("a1", Phase.CLOSED, 30));
    intake.opened(opened("a2"), List.of());
  }

  private void assertNamed(String words) {
    await(() -> intake.fault().isPresent());
    assertThat(intake.fault().orElseThrow()).contains(words);
    await(() -> database.fault().isPresent());
    assertThat(database.fault().orElseThrow()).contains("postgresql://kydai@127.0.0.1", words);
  }

  /** All that came is there, in its last state, and the audit is whole. */
  private void assertNothingIsLost() {
    await(() -> intake.fault().isEmpty() && database.fault().isEmpty());
    await(
        () ->
            alerts().size() >= 3
                && reports().stream().anyMatch(report -> report.times().endedAt() != null));
    assertThat(alerts()).containsExactly("a1", "a2", "before");
    Report first =
        reports().stream()
            .filter(report -> report.origin().alert().value().equals("a1"))
            .findFirst()
            .orElseThrow();
    assertThat(first.evidence()).containsExactly(CLIP);
    assertThat(new AuditLog(database, Clock.systemUTC()).verify().fault()).isNull();
  }

  @Test
  void aServerThatStops() throws Exception {
    begin();
    cluster.crash();
    try {
      alertsCome();
      assertNamed("does not answer");
    } finally {
      cluster.start();
    }
    assertNothingIsLost();
  }

  /** The others' memory may be damaged then: the server ends them all, and recovers. */
  @Test
  void aProcessOfTheServerThatIsKilled() throws Exception {
    begin();
    for (String process :
        cluster.ask(
            "postgres", "SELECT pid FROM pg_stat_activity WHERE datname = '" + name + "'")) {
      ProcessHandle.of(Long.parseLong(process)).ifPresent(ProcessHandle::destroyForcibly);
    }
    alertsCome();
    assertNothingIsLost();
  }

  /** The transaction is executed, and its node is told that it failed: nothing is doubled. */
  @Test
  void aConnectionThatIsKilledInTheMidstOfACommit() throws Exception {
    begin();
    // A commit then waits for a standby that is not there, after it is on the server's own disk.
    cluster.set("synchronous_standby_names", "nobody");
    try {
      alertsCome();
      List<String> waiting = new ArrayList<>();
      while (waiting.isEmpty()) {
        waiting.addAll(
            cluster.ask(
                "postgres",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE wait_event = 'SyncRep' AND datname = '"
                    + name
                    + "'"));
      }
    } finally {
      cluster.set("synchronous_standby_names", "");
    }
    assertNothingIsLost();
  }

  @Test
  void connectionsThatAreKilledAgainAndAgain() throws Exception {
    begin();
    alertsCome();
    for (int i = 0; i < 20; i++) {
      cluster.ask(
          "postgres",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }
    assertNothingIsLost();
  }

  @Test
  void aServerThatBecomesAStandbyAndThePrimaryAgain() throws Exception {
    begin();
    cluster.becomeStandby();
    try {
      alertsCome();
      assertNamed("the server is read-only");
    } finally {
      cluster.promote();
    }
    assertNothingIsLost();
  }

  @Test
  void aDiskThatIsFull() throws Exception {
    try (PostgresqlCluster.SmallDisk disk = cluster.toSmallDisk(name)) {
      begin();
      cluster.order(name, "CREATE TABLE filler (text TEXT)");
      fill();
      alertsCome();
      assertNamed("the disk of the server is full");
      cluster.order(name, "DROP TABLE filler");
      assertNothingIsLost();
      intake.close();
      database.close();
      assertThat(disk.database()).isEqualTo(name);
    }
    open();
    begin();
  }

  /** Fills the disk to its last page. */
  private void fill() throws Exception {
    cluster.order(
        name,
        """
        DO $$ BEGIN
          LOOP BEGIN
            INSERT INTO filler SELECT repeat(md5(random()::text), 60) FROM generate_series(1, 100);
          EXCEPTION WHEN disk_full THEN EXIT; END; END LOOP;
          LOOP BEGIN
            INSERT INTO filler VALUES (repeat(md5(random()::text), 60));
          EXCEPTION WHEN disk_full THEN EXIT; END; END LOOP;
        END $$
        """);
  }

  /** An alert that needs a page of its own, however much space the table's pages have. */
  private static Alert large(Alert alert) {
    Random random = new Random(1);
    StringBuilder reason = new StringBuilder();
    while (reason.length() < 6000) {
      reason.append(Long.toHexString(random.nextLong()));
    }
    return new Alert(
        alert.id(),
        alert.origin(),
        alert.phase(),
        alert.span(),
        alert.participants(),
        new Alert.Finding(reason.toString(), Map.of()));
  }
}
