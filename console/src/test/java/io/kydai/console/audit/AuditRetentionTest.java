package io.kydai.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.TestClock;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditRetentionTest {
  @TempDir Path folder;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-28T09:00:00Z"));

  @Test
  void entriesAreKeptForTheConfiguredTime() {
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      AuditLog audit = new AuditLog(database, clock);
      AuditRetention retention = new AuditRetention(audit, Duration.ofDays(30), clock);
      for (int day = 0; day < 40; day++) {
        audit.append(AuditEvent.of(AuditEventType.NODE_STARTED, Actor.SYSTEM, RequestOrigin.NONE));
        clock.advance(Duration.ofDays(1));
      }
      retention.run();
      Verification kept = audit.verify();
      assertThat(kept.whole()).isTrue();
      assertThat(kept.first()).isEqualTo(11);
      assertThat(kept.entries()).isEqualTo(31);
      retention.close();
    }
  }

  @Test
  void aFaultOfTheDatabaseDoesNotEndTheRetention() {
    Database database = TestDatabase.open(folder.resolve("kydai.db"));
    AuditRetention retention =
        new AuditRetention(new AuditLog(database, clock), Duration.ofDays(30), clock);
    database.close();
    retention.run();
    retention.close();
  }
}
