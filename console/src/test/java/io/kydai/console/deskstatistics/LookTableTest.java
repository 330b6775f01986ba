package io.kydai.console.deskstatistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.Decision;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.VisibleReports;
import io.kydai.console.routing.Place;
import io.kydai.console.routing.RoutingOfReports;
import io.kydai.console.routing.RoutingTable;
import io.kydai.console.secondlook.SecondLook;
import io.kydai.console.secondlook.SecondLookOfReports;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agreement that was taken back counts as none; the one that stands counts. */
class LookTableTest {
  @TempDir Path folder;

  private static Actor person(String name) {
    return new Actor(Actor.Kind.ACCOUNT, "01" + name, name);
  }

  private static void act(ReportQueue queue, Report report, ReportAction action, String name) {
    queue.act(
        report.id(), new Decision(action, "because", null, null), person(name), RequestOrigin.NONE);
  }

  @Test
  void anAgreementThatWasTakenBackIsNoAnswer() {
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      Clock clock = Clock.systemUTC();
      DeskSettings settings = new DeskSettings(database, new AuditLog(database, clock), clock);
      settings.replace(
          SecondLook.SETTING,
          new SecondLook(List.of("crowding")),
          0,
          person("lan"),
          RequestOrigin.NONE);
      settings.replace(
          RoutingTable.SETTING,
          new RoutingTable("UTC", "ward", List.of()),
          0,
          person("lan"),
          RequestOrigin.NONE);
      ReportQueue queue =
          new ReportQueue(
              database,
              ReportOutbox.NONE,
              clock,
              List.of(
                  new SecondLookOfReports(settings),
                  new RoutingOfReports(settings, camera -> Place.UNKNOWN, clock)),
              unfinished -> {});
      Report report = queue.receive(Alerts.opened("a"), List.of());
      act(queue, report, ReportAction.VERIFY, "lan");
      act(queue, report, ReportAction.VERIFY, "minh");
      assertThat(looks(database))
          .containsEntry("lan", new ReviewerFigures.Looks(1, 0, 0, 0))
          .containsEntry("minh", new ReviewerFigures.Looks(0, 0, 1, 0));
      act(queue, report, ReportAction.REOPEN, "minh");
      assertThat(looks(database)).as("nobody answered so far").isEmpty();
      act(queue, report, ReportAction.REJECT, "hoa");
      assertThat(looks(database))
          .containsOnly(
              Map.entry("lan", new ReviewerFigures.Looks(0, 1, 0, 0)),
              Map.entry("hoa", new ReviewerFigures.Looks(0, 0, 0, 1)));
    }
  }

  private static Map<String, ReviewerFigures.Looks> looks(Database database) {
    List<ReportFilter.Part> all = List.of(new ReportFilter.Part(null, null, null));
    DeskSpan span = new DeskSpan(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"), all);
    return database.inSnapshot(db -> LookTable.of(db, span, VisibleReports.of(all)));
  }
}
