package io.kydai.console.comments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.TestClock;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.reports.Alerts;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommentsTest {
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01A", "lan");

  @TempDir Path folder;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T09:00:00Z"));

  @Test
  void aCommentIsOnTheReportWithItsNameAndInTheAuditWithoutItsText() {
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      ReportQueue queue = new ReportQueue(database, ReportOutbox.NONE, clock);
      Report report = queue.receive(Alerts.opened("a1"), List.of());
      AuditLog audit = new AuditLog(database, clock);
      Comments comments = new Comments(database, audit, clock);
      Comment first = comments.add(report, " đã gọi điện ", false, LAN, RequestOrigin.NONE);
      clock.advance(Duration.ofMinutes(1));
      Comment second = comments.add(report, "Cảm ơn", true, LAN, RequestOrigin.NONE);

      assertThat(first.text()).isEqualTo("đã gọi điện");
      assertThat(first.actor()).isEqualTo("lan");
      assertThat(comments.of(report.id())).containsExactly(first, second);
      AuditEntry entry = audit.list(AuditFilter.all(9)).entries().get(1);
      assertThat(entry.type()).isEqualTo("report.commented");
      assertThat(entry.report()).isEqualTo(report.id().value());
      assertThat(entry.details()).doesNotContain("gọi");
      for (String wrong : List.of(" ", "x".repeat(2_001), "a\u0000b")) {
        assertThatThrownBy(() -> comments.add(report, wrong, false, LAN, RequestOrigin.NONE))
            .isInstanceOf(InvalidReportRequestException.class);
      }
    }
  }
}
