package io.kydai.console.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  @TempDir Path folder;

  private static int insert(Connection db, String id) throws SQLException {
    try (var row = db.prepareStatement("INSERT INTO camera (id, changed_at) VALUES (?, 0)")) {
      row.setString(1, id);
      return row.executeUpdate();
    }
  }

  private static String text(Connection db, String sql) throws SQLException {
    try (var statement = db.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  @Test
  void aFreshFileIsMigratedAndAnExistingOneKept() {
    Path file = folder.resolve("sub/kydai.db");
    try (Database database = Database.open(file)) {
      database.transaction(db -> insert(db, "a"));
    }
    try (Database database = Database.open(file)) {
      assertThat(database.<String>read(db -> text(db, "SELECT id FROM camera"))).isEqualTo("a");
      assertThat(
              database.<String>read(db -> text(db, "SELECT COUNT(*) FROM flyway_schema_history")))
          .isEqualTo("2");
    }
  }

  @Test
  void commitsReachTheDiskAndForeignKeysHold() {
    try (Database database = Database.open(folder.resolve("kydai.db"))) {
      List<String> pragmas =
          database.transaction(
              db ->
                  List.of(
                      text(db, "PRAGMA journal_mode"),
                      text(db, "PRAGMA synchronous"),
                      text(db, "PRAGMA foreign_keys")));
      assertThat(pragmas).containsExactly("wal", "2", "1");
    }
  }

  @Test
  void othersCannotReadTheFile() throws Exception {
    Path file = folder.resolve("kydai.db");
    try (Database database = Database.open(file)) {
      database.transaction(db -> insert(db, "a"));
      for (String name : List.of("kydai.db", "kydai.db-wal")) {
        assertThat(Files.getPosixFilePermissions(folder.resolve(name)))
            .as(name)
            .allMatch(permission -> permission.name().startsWith("OWNER"));
      }
    }
  }

  @Test
  void whatThrowsIsUndone() {
    try (Database database = Database.open(folder.resolve("kydai.db"))) {
      assertThatThrownBy(
              () ->
                  database.transaction(
                      db -> {
                        insert(db, "a");
                        throw new IllegalStateException("no");
                      }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(database.<String>read(db -> text(db, "SELECT id FROM camera"))).isEmpty();
    }
  }

  @Test
  void listenersComeInTheOrderOfTheCommitsAndMayFail() {
    try (Database database = Database.open(folder.resolve("kydai.db"))) {
      List<Integer> seen = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        int n = i;
        database.transaction(
            db -> insert(db, "c" + n),
            rows -> {
              seen.add(n);
              throw new IllegalStateException("a listener's trouble");
            });
      }
      assertThat(seen).containsExactly(0, 1, 2);
      assertThat(database.<String>read(db -> text(db, "SELECT COUNT(*) FROM camera")))
          .isEqualTo("3");
    }
  }

  @Test
  void readersCannotWrite() {
    try (Database database = Database.open(folder.resolve("kydai.db"))) {
      assertThatThrownBy(() -> database.read(db -> insert(db, "a")))
          .isInstanceOf(StoreException.class);
    }
  }

  @Test
  void theWritingThreadDoesNotWaitForItself() {
    try (Database database = Database.open(folder.resolve("kydai.db"))) {
      assertThatThrownBy(() -> database.transaction(db -> database.transaction(x -> 1)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void moreThanTheBoundWaitingIsRefused() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    List<Thread> callers = new ArrayList<>();
    try (Database database = Database.open(folder.resolve("kydai.db"))) {
      callers.add(
          new Thread(
              () ->
                  database.transaction(
                      db -> {
                        busy.countDown();
                        try {
                          return release.await(30, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                          throw new IllegalStateException(e);
                        }
                      })));
      callers.get(0).start();
      assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();
      CountDownLatch refused = new CountDownLatch(1);
      for (int i = 0; i <= Database.MAX_WAITING; i++) {
        callers.add(
            new Thread(
                () -> {
                  try {
                    database.transaction(db -> 1);
                  } catch (StoreException e) {
                    refused.countDown();
                  }
                }));
      }
      callers.subList(1, callers.size()).forEach(Thread::start);
      assertThat(refused.await(20, TimeUnit.SECONDS)).isTrue();
      release.countDown();
      for (Thread caller : callers) {
        caller.join();
      }
    }
  }

  @Test
  void oneProcessHasADatabase() {
    Path file = folder.resolve("kydai.db");
    try (Database database = Database.open(file)) {
      assertThat(database).isNotNull();
      assertThatThrownBy(() -> Database.open(file)).hasMessageContaining("another process");
    }
    Database.open(file).close();
  }

  @Test
  void afterTheEndItSaysSo() {
    Database database = Database.open(folder.resolve("kydai.db"));
    database.close();
    assertThatThrownBy(() -> database.transaction(db -> 1)).hasMessage("the database is closed");
    assertThatThrownBy(() -> database.read(db -> 1)).hasMessage("the database is closed");
  }

  @Test
  void aFileThatIsNoDatabaseIsNamedWithWhatIsWrong(@TempDir Path other) throws IOException {
    Path file = Files.writeString(other.resolve("kydai.db"), "not a database, ".repeat(100));
    assertThatThrownBy(() -> Database.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("not a database");
  }
}
