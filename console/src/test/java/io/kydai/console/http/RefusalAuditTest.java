package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.TestClock;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.answer.Problem.Refusal;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalAuditTest {
  private static final RequestOrigin ORIGIN = new RequestOrigin("10.0.0.7", "r-1");

  @TempDir Path folder;

  private static Actor actor(String name) {
    return new Actor(Actor.Kind.ACCOUNT, "01" + name, name);
  }

  private static Refusal camera(int number) {
    return Refusal.of(Permission.LIVE, new CameraId("c" + number));
  }

  @Test
  void whoTriesOneObjectAfterTheOtherHasFewEntries() {
    TestClock clock = new TestClock(Instant.parse("2026-11-28T08:00:00Z"));
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      AuditLog audit = new AuditLog(database, clock);
      AuditGroups groups = new AuditGroups(database, audit, clock);
      RefusalAudit refusals = new RefusalAudit(groups, clock);
      for (int turn = 0; turn < 2; turn++) {
        for (int i = 0; i < RefusalAudit.MAX_OBJECTS + 50; i++) {
          refusals.record(actor("eve"), ORIGIN, "getCamera", 404, camera(i));
        }
      }
      refusals.record(actor("bob"), ORIGIN, "getCamera", 404, camera(500));
      clock.advance(Duration.ofMinutes(6));
      refusals.record(actor("eve"), ORIGIN, "getCamera", 404, camera(600));
      groups.close();

      List<AuditEntry> entries = audit.list(AuditFilter.all(500)).entries();
      assertThat(entries).hasSize(RefusalAudit.MAX_OBJECTS + 3);
      assertThat(entries).extracting(AuditEntry::camera).contains("c0", "c99", "c500", "c600");
      assertThat(entries)
          .filteredOn(entry -> entry.details().contains("\"further\":true"))
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.camera()).isNull();
                assertThat(entry.details()).contains("\"count\":100");
              });
    }
  }
}
