package io.kydai.console.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a file of SQLite does, above all when its disk fails. */
@Tag("sqlite")
class SqliteDatabaseTest {
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

  private static boolean run(Connection db, String sql) throws SQLException {
    try (var statement = db.createStatement()) {
      return statement.execute(sql);
    }
  }

  private static String cameras(Database database) {
    return database.read(db -> text(db, "SELECT group_concat(id) FROM camera"));
  }

  /** SQLite ends the transaction itself when there is no room, as on a full disk. */
  private static void fillUp(Database database, String first) {
    database.transaction(
        db -> {
          insert(db, first);
          run(db, "PRAGMA max_page_count = 1");
          return run(
              db,
              "INSERT INTO camera (id, definition, changed_at) VALUES ('big', zeroblob(1e6), 0)");
        });
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
  void aFileThatIsNoDatabaseIsNamedWithWhatIsWrong(@TempDir Path other) throws IOException {
    Path file = Files.writeString(other.resolve("kydai.db"), "not a database, ".repeat(100));
    assertThatThrownBy(() -> Database.open(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("not a database");
  }

  @Test
  void afterAFullDiskItGoesOnAndNothingOfTheFailedTransactionStays() {
    try (Database database = Database.open(folder.resolve("kydai.db"))) {
      for (int i = 0; i < 3; i++) {
        int n = i;
        assertThatThrownBy(() -> fillUp(database, "half"))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("the disk is full");
        assertThat(database.fault().orElseThrow()).contains("kydai.db", "the disk is full");
        database.transaction(db -> insert(db, "whole" + n));
        assertThat(database.fault()).isEmpty();
      }
      assertThat(cameras(database)).isEqualTo("whole0,whole1,whole2");
    }
  }

  @Test
  void afterAStatementThatFailedATransactionDoesNoOther() {
    try (Database database = Database.open(folder.resolve("kydai.db"))) {
      assertThatThrownBy(
              () ->
                  database.inTransaction(
                      db -> {
                        db.execute("PRAGMA max_page_count = 1");
                        try {
                          db.execute(
                              "INSERT INTO camera (id, definition, changed_at)"
                                  + " VALUES ('big', zeroblob(1e6), 0)");
                        } catch (JdbiException ignoredByTheWork) {
                          db.execute("INSERT INTO camera (id, changed_at) VALUES ('half', 0)");
                        }
                        return true;
                      }))
          .hasMessageContaining("a statement of this transaction has failed");
      database.inTransaction(
          db -> db.execute("INSERT INTO camera (id, changed_at) VALUES ('whole', 0)"));
      assertThat(cameras(database)).isEqualTo("whole");
    }
  }

  @Test
  void whenThereIsRoomAgainItIsWellAlsoWhileNobodyWrites() {
    try (Database database = Database.open(folder.resolve("kydai.db"))) {
      SimpleMeterRegistry metrics = new SimpleMeterRegistry();
      database.bindTo(metrics);
      assertThatThrownBy(() -> fillUp(database, "half")).isInstanceOf(StoreException.class);
      assertThat(metrics.get("kydai.console.database.failing").gauge().value()).isEqualTo(1);
      assertThat(metrics.get("kydai.console.database.failures").functionCounter().count())
          .isEqualTo(1);
      database.check();
      assertThat(database.fault()).isEmpty();
      assertThat(metrics.get("kydai.console.database.failing").gauge().value()).isZero();
    }
  }

  @Test
  void aFileThatCannotBeWrittenToIsSaidToBeSo() {
    try (Database database = Database.open(folder.resolve("kydai.db"))) {
      assertThatThrownBy(
              () ->
                  database.transaction(
                      db -> run(db, "PRAGMA query_only = ON") | insert(db, "a") > 0))
          .hasMessageContaining("the file is not writable; check its owner");
      assertThat(database.fault().orElseThrow()).contains("is not writable");
      database.transaction(db -> insert(db, "b"));
      assertThat(cameras(database)).isEqualTo("b");
      assertThat(database.fault()).isEmpty();
    }
  }

  @Test
  void nothingIsWrittenToAFileThatIsGoneOrAnother() throws IOException {
    Path file = folder.resolve("kydai.db");
    Path away = folder.resolve("away.db");
    try (Database database = Database.open(file)) {
      database.transaction(db -> insert(db, "a"));
      assertThat(database.fault()).isEmpty();
      Files.move(file, away);
      assertThat(database.fault().orElseThrow())
          .contains(file.toString(), "deleted or moved", "restart the node");
      assertThatThrownBy(() -> database.transaction(db -> insert(db, "b")))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("deleted or moved");
      assertThat(file).as("no empty database in its place").doesNotExist();
      Files.copy(away, file);
      assertThat(database.fault().orElseThrow()).contains("replaced by another");
      Files.delete(file);
      Files.move(away, file);
      database.transaction(db -> insert(db, "c"));
      assertThat(database.fault()).isEmpty();
      assertThat(cameras(database)).isEqualTo("a,c");
      Files.delete(folder.resolve("kydai.db-wal"));
      assertThat(database.fault().orElseThrow()).contains("write-ahead log was deleted");
    }
  }

  @Test
  void damagedPagesAreToldInOneSentenceWithTheFileAndWhatToDo() throws IOException {
    Path file = folder.resolve("kydai.db");
    Database.open(file).close();
    int emptyPages = (int) Files.size(file) / 4096;
    try (Database database = Database.open(file)) {
      database.transaction(
          db ->
              run(
                  db,
                  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)"
                      + " INSERT INTO camera (id, changed_at) SELECT 'camera-' || i, 0 FROM n"));
    }
    byte[] bytes = Files.readAllBytes(file);
    for (int page = emptyPages; page * 4096 < bytes.length; page++) {
      Arrays.fill(bytes, page * 4096, page * 4096 + 2000, (byte) 0xaa);
    }
    Files.write(file, bytes);
    try (Database database = Database.open(file)) {
      assertThatThrownBy(() -> cameras(database))
          .isInstanceOf(StoreException.class)
          .hasMessageContainingAll(file.toString(), "damaged", "backup");
      assertThat(database.fault().orElseThrow()).contains("damaged");
    }
  }
}
