package io.kydai.console.verifier;

import static io.kydai.console.reports.Alerts.opened;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Alert;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.config.VerifierConfig;
import io.kydai.console.incidents.Incident;
import io.kydai.console.incidents.IncidentFilter;
import io.kydai.console.incidents.IncidentGrouping;
import io.kydai.console.incidents.IncidentPage;
import io.kydai.console.incidents.Incidents;
import io.kydai.console.incidents.Tab;
import io.kydai.console.reports.Decision;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.ReportState;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.evidence.EvidenceItem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine says is kept beside a report, and changes nothing of it. */
class VerifierQueueTest {
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01LAN", "lan");
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final VerifierConfig CONFIG =
      ChatVerifierTest.config(URI.create("http://127.0.0.1:9/v1"), Duration.ofSeconds(1));

  @TempDir Path folder;
  private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final List<Question> asked = new ArrayList<>();
  private final List<Report> told = new ArrayList<>();
  private Database database;
  private ReportQueue reports;
  private VerifierQueue looks;
  private Remarks remarks;
  private Remark next = new Remark(0.4, "Verify this report now.", Set.of(Flag.DANGER));
  private boolean fails;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    reports =
        new ReportQueue(
            database, ReportOutbox.NONE, clock, List.of(new IncidentGrouping(clock)), taken -> {});
    remarks = new Remarks(database);
    looks =
        new VerifierQueue(
            CONFIG,
            (question, jpeg) -> {
              asked.add(question);
              if (fails) {
                throw new VerifierException(VerifierException.Reason.FAILED, "HTTP status 500");
              }
              return next;
            },
            reports,
            (alert, name) -> Optional.of(folder.resolve(alert.value() + name)),
            (camera, jpeg) -> jpeg,
            clock,
            metrics);
    reports.listen(looks);
    reports.listen(told::add);
  }

  @AfterEach
  void close() {
    looks.close();
    database.close();
  }

  private Report receive(String alert, int size) throws Exception {
    Files.write(folder.resolve(alert + "snapshot.jpg"), new byte[size]);
    return reports.receive(
        opened(alert),
        List.of(new EvidenceItem("snapshot.jpg", "image/jpeg", size, "0".repeat(64))));
  }

  private double count(String outcome) {
    return metrics.counter("kydai.console.verifier.reports", "outcome", outcome).count();
  }

  @Test
  void whatItSaysIsKeptBesideTheReportAndDecidesNothing() throws Exception {
    Report report = receive("a", 10);
    assertThat(remarks.of(report.id())).isEmpty();
    told.clear();
    looks.next();
    assertThat(remarks.of(report.id()))
        .hasValue(
            new MachineRemark(
                "vlm", NOON, new Remark(0.4, "Verify this report now.", Set.of(Flag.DANGER))));
    Report after = reports.find(report.id()).orElseThrow();
    assertThat(after.handling().state()).isEqualTo(ReportState.RECEIVED);
    assertThat(after.handling().version()).isEqualTo(1);
    assertThat(after.history()).hasSize(1);
    assertThat(told).as("pages hear of it").hasSize(1);
    assertThat(new AuditLog(database, clock).list(AuditFilter.all(10)).entries()).isEmpty();
    assertThat(count("described")).isEqualTo(1);
    assertThat(asked.get(0).about())
        .contains("Ảnh có cho thấy", "crowding", report.finding().reason())
        .doesNotContain(report.origin().camera().value());
  }

  @Test
  void aReportIsLookedAtOnceAndOnlyWhileTheDeskHasToCheckIt() throws Exception {
    Report report = receive("a", 10);
    looks.onReport(report);
    looks.next();
    looks.next();
    assertThat(asked).hasSize(1);
    Report decided = receive("b", 10);
    reports.act(
        decided.id(), new Decision(ReportAction.REJECT, "no", null, null), LAN, RequestOrigin.NONE);
    looks.next();
    assertThat(asked).hasSize(1);
    assertThat(count("skipped")).isEqualTo(1);
  }

  @Test
  void aPictureOverTheBoundIsNotSentAndAFailureIsNotRepeated() throws Exception {
    Report large = receive("a", 64 * 1024 + 1);
    looks.next();
    assertThat(asked).isEmpty();
    assertThat(count("skipped")).isEqualTo(1);
    fails = true;
    Report failed = receive("b", 10);
    looks.next();
    fails = false;
    looks.next();
    assertThat(asked).hasSize(1);
    assertThat(count("failed")).isEqualTo(1);
    assertThat(remarks.of(large.id())).isEmpty();
    assertThat(remarks.of(failed.id())).isEmpty();
  }

  @Test
  void whenItIsFullAFurtherReportIsNotDescribed() throws Exception {
    for (int i = 0; i <= VerifierQueue.MAX_WAITING; i++) {
      receive("a" + i, 1);
    }
    assertThat(looks.waiting()).isEqualTo(VerifierQueue.MAX_WAITING);
    assertThat(count("dropped")).isEqualTo(1);
  }

  @Test
  void incidentsComeByWhatWasSaidWhereTheSiteWantsItAndNothingSinksUnseen() throws Exception {
    List<Report> three = new ArrayList<>();
    for (String camera : List.of("low", "unseen", "high")) {
      three.add(receiveOf(camera));
    }
    next = new Remark(0.1, "low", Set.of());
    looks.next();
    looks.onReport(three.get(1));
    fails = true;
    looks.next();
    fails = false;
    next = new Remark(0.9, "high", Set.of());
    looks.next();
    Incidents incidents = new Incidents(database, new AuditLog(database, clock), clock);
    assertThat(cameras(incidents, true)).containsExactly("unseen", "high", "low");
    assertThat(cameras(incidents, false)).containsExactly("high", "unseen", "low");
  }

  private Report receiveOf(String camera) throws Exception {
    Files.write(folder.resolve(camera + "snapshot.jpg"), new byte[1]);
    Alert alert = opened(camera);
    Alert.Origin origin = alert.origin();
    return reports.receive(
        new Alert(
            alert.id(),
            new Alert.Origin(new CameraId(camera), origin.rule(), origin.type()),
            alert.phase(),
            alert.span(),
            alert.participants(),
            alert.finding()),
        List.of(new EvidenceItem("snapshot.jpg", "image/jpeg", 1, "0".repeat(64))));
  }

  /** The cameras of the incidents to check, page by page. */
  private static List<String> cameras(Incidents incidents, boolean ranked) {
    List<String> cameras = new ArrayList<>();
    String cursor = null;
    do {
      IncidentPage page =
          incidents.list(
              new IncidentFilter(
                  Tab.TO_CHECK, "01LAN", List.of(), null, null, false, ranked, 1, cursor, null));
      page.incidents().stream().map(Incident::camera).forEach(one -> cameras.add(one.value()));
      cursor = page.next();
    } while (cursor != null);
    return cameras;
  }
}
