package io.kydai.console.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.TestClock;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldsTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path folder;

  @Test
  void holdsThatExpiredMakeRoom() {
    TestClock clock = new TestClock(NOON);
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      Holds holds = new Holds(database, new AuditLog(database, clock), clock);
      database.inTransaction(
          db -> {
            for (int i = 0; i < Holds.MOST; i++) {
              db.createUpdate(
                      "INSERT INTO recording_hold (id, camera, from_at, to_at, reason, actor,"
                          + " created_at, expires_at) VALUES (:id, 'gate', 1, 2, 'r', 'a', 1, :e)")
                  .bind("id", "h" + i)
                  .bind("e", i == 0 ? StoredValues.nanos(NOON.plusSeconds(60)) : null)
                  .execute();
            }
            return true;
          });
      assertThat(add(holds)).as("all of them last").isFalse();
      clock.advance(Duration.ofSeconds(61));
      assertThat(add(holds)).as("one has expired").isTrue();
      assertThat(add(holds)).as("and made room for one").isFalse();
      assertThat(holds.list()).hasSize(Holds.MOST);
    }
  }

  private static boolean add(Holds holds) {
    return holds
        .add(
            new CameraId("gate"),
            NOON.minusSeconds(10),
            NOON,
            "case 17",
            null,
            Actor.SYSTEM,
            RequestOrigin.NONE)
        .isPresent();
  }
}
