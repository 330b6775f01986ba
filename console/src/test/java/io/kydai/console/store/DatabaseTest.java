package io.kydai.console.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every engine of the database keeps. */
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

  private static String cameras(Database database) {
    return String.join(
        ",",
        database.<List<String>>inSnapshot(
            db -> db.createQuery("SELECT id FROM camera ORDER BY id").mapTo(String.class).list()));
  }

  @Test
  void aFreshFileIsMigratedAndAnExistingOneKept() {
    Path file = folder.resolve("sub/kydai.db");
    try (Database database = TestDatabase.open(file)) {
      database.transaction(db -> insert(db, "a"));
    }
    try (Database database = TestDatabase.open(file)) {
      assertThat(database.<String>read(db -> text(db, "SELECT id FROM camera"))).isEqualTo("a");
      assertThat(
              database.<String>read(db -> text(db, "SELECT COUNT(*) FROM flyway_schema_history")))
          .isEqualTo(String.valueOf(Schemas.VERSIONS.size()));
    }
  }

  @Test
  void whatThrowsIsUndone() {
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
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
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
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
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      assertThatThrownBy(() -> database.read(db -> insert(db, "a")))
          .isInstanceOf(StoreException.class);
    }
  }

  @Test
  void theWritingThreadDoesNotWaitForItself() {
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      assertThatThrownBy(() -> database.transaction(db -> database.transaction(x -> 1)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void moreThanTheBoundWaitingIsRefused() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    List<Thread> callers = new ArrayList<>();
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
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
    try (Database database = TestDatabase.open(file)) {
      assertThat(database).isNotNull();
      assertThatThrownBy(() -> TestDatabase.open(file)).hasMessageContaining("another process");
    }
    TestDatabase.open(file).close();
  }

  @Test
  void afterTheEndItSaysSo() {
    Database database = TestDatabase.open(folder.resolve("kydai.db"));
    database.close();
    assertThatThrownBy(() -> database.transaction(db -> 1)).hasMessage("the database is closed");
    assertThatThrownBy(() -> database.read(db -> 1)).hasMessage("the database is closed");
  }

  @Test
  void whileAnotherProgramHasItLockedItSaysSoAndGoesOnAfterwards() throws Exception {
    Path file = folder.resolve("kydai.db");
    try (Database database = TestDatabase.open(file)) {
      try (TestDatabase.Lock lock = TestDatabase.lock(file)) {
        assertThat(lock).isNotNull();
        assertThatThrownBy(() -> database.transaction(db -> insert(db, "a")))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("it is locked by another program");
        assertThat(database.fault().orElseThrow()).contains("locked");
        assertThat(cameras(database)).as("reading goes on").isEmpty();
      }
      database.transaction(db -> insert(db, "b"));
      assertThat(cameras(database)).isEqualTo("b");
      assertThat(database.fault()).isEmpty();
    }
  }

  @Test
  void aReadSeesOneSnapshotWhileOthersWrite() {
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      database.transaction(db -> insert(db, "a"));
      List<String> seen =
          database.read(
              db -> {
                String before = text(db, "SELECT COUNT(*) FROM camera");
                database.transaction(write -> insert(write, "b"));
                return List.of(before, text(db, "SELECT COUNT(*) FROM camera"));
              });
      assertThat(seen).containsExactly("1", "1");
      assertThat(cameras(database)).isEqualTo("a,b");
    }
  }

  @Test
  void afterAStatementThatFailedATransactionDoesNoOther() {
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      database.transaction(db -> insert(db, "there"));
      assertThatThrownBy(
              () ->
                  database.inTransaction(
                      db -> {
                        db.execute("INSERT INTO camera (id, changed_at) VALUES ('half', 0)");
                        try {
                          db.execute("INSERT INTO camera (id, changed_at) VALUES ('there', 0)");
                        } catch (JdbiException ignoredByTheWork) {
                          db.execute("INSERT INTO camera (id, changed_at) VALUES ('rest', 0)");
                        }
                        return true;
                      }))
          .hasMessageContaining("a statement of this transaction has failed");
      database.inTransaction(
          db -> db.execute("INSERT INTO camera (id, changed_at) VALUES ('whole', 0)"));
      assertThat(cameras(database)).isEqualTo("there,whole");
      assertThat(database.fault()).as("the statement was wrong").isEmpty();
    }
  }

  @Test
  void anotherProgramWritesBesideTheNodeAndBothSeeTheOthersRows() {
    Path file = folder.resolve("kydai.db");
    try (Database node = TestDatabase.open(file);
        Database beside = Database.openBeside(TestDatabase.address(file))) {
      node.transaction(db -> insert(db, "a"));
      beside.transaction(db -> insert(db, "b"));
      node.transaction(db -> insert(db, "c"));
      assertThat(cameras(beside)).isEqualTo("a,b,c");
      assertThat(cameras(node)).isEqualTo("a,b,c");
      node.check();
      beside.check();
      assertThat(node.fault()).isEmpty();
      assertThat(beside.fault()).isEmpty();
    }
  }

  @Test
  void readModifyWriteOfTwoProgramsLosesNothing() throws Exception {
    Path file = folder.resolve("kydai.db");
    try (Database node = TestDatabase.open(file);
        Database beside = Database.openBeside(TestDatabase.address(file))) {
      node.transaction(db -> insert(db, "count"));
      List<Thread> writers = new ArrayList<>();
      for (Database one : List.of(node, beside)) {
        writers.add(
            new Thread(
                () -> {
                  for (int i = 0; i < 50; i++) {
                    one.inTransaction(
                        db -> {
                          long count =
                              db.createQuery("SELECT changed_at FROM camera")
                                  .mapTo(Long.class)
                                  .one();
                          return db.execute("UPDATE camera SET changed_at = ?", count + 1);
                        });
                  }
                }));
      }
      writers.forEach(Thread::start);
      for (Thread writer : writers) {
        writer.join();
      }
      assertThat(node.<String>read(db -> text(db, "SELECT changed_at FROM camera")))
          .isEqualTo("100");
    }
  }

  @Test
  void aSchemaThatIsNewerThanTheProgramIsRefused() {
    Path file = folder.resolve("kydai.db");
    try (Database database = TestDatabase.open(file)) {
      database.inTransaction(
          db ->
              db.execute(
                  "INSERT INTO flyway_schema_history (installed_rank, version, description, type,"
                      + " script, installed_by, execution_time, success)"
                      + " SELECT 900, '900', 'later', 'SQL', 'V900__later.sql', 'test', 0, success"
                      + " FROM flyway_schema_history WHERE installed_rank = 1"));
    }
    assertThatThrownBy(() -> TestDatabase.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContainingAll("version 900", "newer than this Kydai");
    assertThatThrownBy(() -> Database.openBeside(TestDatabase.address(file)))
        .hasMessageContaining("version 900");
  }

  @Test
  void aMigrationThatWasNotTheProgramsOwnIsRefused() {
    Path file = folder.resolve("kydai.db");
    try (Database database = TestDatabase.open(file)) {
      database.inTransaction(
          db ->
              db.execute(
                  "UPDATE flyway_schema_history SET checksum = checksum + 1 WHERE version = '3'"));
    }
    assertThatThrownBy(() -> TestDatabase.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("alidate failed");
  }

  @Test
  void textIsSortedByItsBytes() {
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      for (String id : List.of("~", "a", "B", "-", "é", "Đ", "1", "_")) {
        database.transaction(db -> insert(db, id));
      }
      assertThat(cameras(database)).isEqualTo("-,1,B,_,a,~,é,Đ");
    }
  }
}
