package io.kydai.console.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.store.Database;
import io.kydai.console.store.DatabaseAddress;
import io.kydai.console.store.PostgresqlCluster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies between SQLite and a real PostgreSQL server. */
@Tag("postgresql")
class DatabaseCopyTest {
  @TempDir Path folder;

  private static void fill(Database database) {
    database.inTransaction(
        db -> {
          for (int i = 0; i < 1_203; i++) {
            db.execute(
                "INSERT INTO camera (id, definition, changed_at) VALUES (?, ?, ?)",
                "c" + i,
                i % 3 == 0 ? null : "{\"name\": \"Cổng chính — \\u0000 😀 ''\"}",
                Long.MAX_VALUE - i);
          }
          for (String id : List.of("01B", "01A", "01~")) {
            db.execute(
                "INSERT INTO report (id, alert_id, camera, rule_id, type, state, received_at,"
                    + " started_at, last_seen_at, reason, measures, tracks, clip_awaited)"
                    + " VALUES (?, ?, 'gate', 'r', 't', 'RECEIVED', 1, 2, 3, 'a\nb\tc', '{}', '[]',"
                    + " 1)",
                id,
                id + "-alert");
            for (int step = 1; step <= 2; step++) {
              db.execute(
                  "INSERT INTO report_step (report, number, at, state, actor) VALUES (?, ?, 5,"
                      + " 'RECEIVED', 'kydai')",
                  id,
                  step);
            }
            db.execute(
                "INSERT INTO evidence (report, number, name, media_type, size, sha256)"
                    + " VALUES (?, 1, 'a.jpg', 'image/jpeg', 9, 'ff')",
                id);
          }
          return true;
        });
  }

  @Test
  void aCopyToTheServerAndBackHasTheSameHashes() {
    PostgresqlCluster cluster = PostgresqlCluster.get();
    String name = cluster.createDatabase();
    try (Database first = Database.open(folder.resolve("first.db"));
        Database server = Database.open(DatabaseAddress.of(cluster.url(name)));
        Database back = Database.open(folder.resolve("back.db"))) {
      fill(first);
      List<TableContent> original = DatabaseCopy.contents(first);
      assertThat(original)
          .filteredOn(content -> content.table().equals("camera"))
          .extracting(TableContent::rows)
          .containsExactly(1_203L);
      List<TableContent> there = DatabaseCopy.copy(first, server);
      assertThat(there).isEqualTo(original);
      assertThat(DatabaseCopy.contents(server)).isEqualTo(original);
      assertThat(DatabaseCopy.copy(server, back)).isEqualTo(original);
      assertThat(DatabaseCopy.contents(back)).isEqualTo(original);
      assertThat(there)
          .extracting(TableContent::table)
          .containsSubsequence("report", "report_step")
          .doesNotContain("flyway_schema_history");
      assertThatThrownBy(() -> DatabaseCopy.copy(first, server))
          .isInstanceOf(CopyException.class)
          .hasMessageContaining("not empty");
      assertThat(DatabaseCopy.contents(server)).as("nothing is written").isEqualTo(original);
    } finally {
      cluster.dropDatabase(name);
    }
  }
}
