package io.kydai.console.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.TestClock;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.ReportState;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoutingOfReportsTest {
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01A", "lan");
  private static final @Nullable String NONE = null;

  @TempDir Path folder;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T09:00:00Z"));
  private Database database;
  private DeskSettings settings;
  private ReportQueue queue;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    settings = new DeskSettings(database, new AuditLog(database, clock), clock);
    queue =
        new ReportQueue(
            database,
            ReportOutbox.NONE,
            clock,
            List.of(new RoutingOfReports(settings, camera -> Place.UNKNOWN, clock)),
            unfinished -> {});
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Report verified(String alert) {
    Report report = queue.receive(Alerts.opened(alert), List.of());
    return queue.act(report.id(), ReportAction.VERIFY, NONE, NONE, LAN, RequestOrigin.NONE);
  }

  private void set(RoutingTable table, long seen) {
    settings.replace(RoutingTable.SETTING, table, seen, LAN, RequestOrigin.NONE);
  }

  @Test
  void whoeverVerifiesAReportSendsItToTheAgencyOfTheTable() {
    set(
        new RoutingTable(
            "Asia/Ho_Chi_Minh",
            "desk",
            List.of(new RoutingRule("c", List.of("crowding"), null, null, null, null, "order"))),
        0);
    Report report = verified("a1");
    assertThat(report.handling().state()).isEqualTo(ReportState.ASSIGNED);
    assertThat(report.handling().agency()).isEqualTo("order");
    assertThat(report.handling().version()).isEqualTo(3);
    Report.Step step = report.history().get(2);
    assertThat(step.actor()).isEqualTo("kydai");
    assertThat(step.reason()).isEqualTo("row 'c': crowding → order");
    AuditLog audit = new AuditLog(database, clock);
    assertThat(audit.list(AuditFilter.all(2)).entries())
        .extracting(AuditEntry::actorName)
        .containsExactly("kydai", "lan");
  }

  @Test
  void whatNoRowIsForGoesToTheCentresDesk() {
    set(new RoutingTable("Asia/Ho_Chi_Minh", "centre", List.of()), 0);
    assertThat(verified("a1").handling().agency()).isEqualTo("centre");
    set(new RoutingTable("Asia/Ho_Chi_Minh", "other", List.of()), 1);
    assertThat(verified("a2").handling().agency()).as("the table of now").isEqualTo("other");
  }

  @Test
  void noTextOfATableKeepsADecisionFromBeingWritten() {
    set(new RoutingTable("Asia/Ho_Chi_Minh", "the\u0007 desk", List.of()), 0);
    assertThat(verified("a1").handling().agency()).isEqualTo("the  desk");
  }

  @Test
  void withoutATableReportsStayVerifiedAsBefore() {
    assertThat(verified("a1").handling().state()).isEqualTo(ReportState.VERIFIED);
  }
}
