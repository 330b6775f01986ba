package io.kydai.console.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.incidents.IncidentGrouping;
import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.ReportState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reports of cameras' faults, as versions before V39 have them, leave the desk and nothing else.
 */
class MaintenanceMigrationTest {
  private static final Path FILE =
      Path.of("src/main/resources/io/kydai/console/store/V39__maintenance_items.sql");

  @TempDir Path folder;

  private static void act(
      ReportQueue queue, Report report, ReportAction action, @Nullable String to) {
    queue.act(report.id(), action, "because", to, Actor.SYSTEM, RequestOrigin.NONE);
  }

  private static List<String> incidents(Database database) {
    return database.inSnapshot(
        db ->
            db.createQuery(
                    "SELECT id || ' ' || reports || ' ' || to_check || ' ' || with_agency || ' ' ||"
                        + " done || ' ' || tab || ' ' || last_report FROM incident ORDER BY id")
                .mapTo(String.class)
                .list());
  }

  @Test
  void whatWasNotDecidedIsMaintenanceAndTheRestStays() throws Exception {
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      Clock clock = Clock.systemUTC();
      ReportQueue queue =
          new ReportQueue(
              database, ReportOutbox.NONE, clock, List.of(new IncidentGrouping(clock)), all -> {});
      // All of one incident, for they are of one rule and one time.
      Report rejected = queue.receive(Alerts.opened("a"), List.of());
      Report assigned = queue.receive(Alerts.opened("b"), List.of());
      Report verified = queue.receive(Alerts.opened("c"), List.of());
      Report received = queue.receive(Alerts.opened("d"), List.of());
      act(queue, rejected, ReportAction.REJECT, null);
      act(queue, assigned, ReportAction.VERIFY, null);
      act(queue, assigned, ReportAction.ASSIGN, "police");
      act(queue, verified, ReportAction.VERIFY, null);
      database.inTransaction(
          db ->
              db.execute("UPDATE report SET type = 'tamper'")
                  + db.execute("UPDATE incident SET type = 'tamper'"));
      Report crowd = queue.receive(Alerts.opened("e"), List.of());
      database.inTransaction(
          db ->
              db.execute(
                      "UPDATE incident SET reports = 4, to_check = 2, last_report = ?",
                      received.id().value())
                  + db.execute(
                      "INSERT INTO incident (id, camera, rule_id, type, priority, first_at, last_at,"
                          + " received_at, last_report, reports, to_check, with_agency, done, tab)"
                          + " VALUES (?, 'gate', 'c5', 'crowding', 2, 0, 0, 0, ?, 1, 1, 0, 0, 1)",
                      crowd.id().value(),
                      crowd.id().value())
                  + db.execute("UPDATE report SET incident = id WHERE id = ?", crowd.id().value()));

      String migration = Files.readString(FILE);
      database.inTransaction(db -> db.createScript(migration).execute());

      assertThat(incidents(database))
          .containsExactly(
              rejected.id() + " 2 0 1 1 2 " + assigned.id(),
              crowd.id() + " 1 1 0 0 1 " + crowd.id());
      assertThat(List.of(rejected, assigned, verified, received, crowd))
          .extracting(report -> queue.find(report.id()).orElseThrow().handling().state())
          .containsExactly(
              ReportState.REJECTED,
              ReportState.ASSIGNED,
              ReportState.MAINTENANCE,
              ReportState.MAINTENANCE,
              ReportState.RECEIVED);
      Report moved = queue.find(verified.id()).orElseThrow();
      assertThat(moved.handling().incident()).isNull();
      assertThat(moved.history()).extracting(Report.Step::state).contains(ReportState.VERIFIED);
    }
  }
}
