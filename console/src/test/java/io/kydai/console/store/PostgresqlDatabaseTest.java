package io.kydai.console.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What only a PostgreSQL server does, above all when it fails. */
@Tag("postgresql")
class PostgresqlDatabaseTest {
  private PostgresqlCluster cluster;
  private String name;
  private DatabaseAddress address;

  @BeforeEach
  void create() {
    cluster = PostgresqlCluster.get();
    name = cluster.createDatabase();
    address = DatabaseAddress.of(cluster.url(name));
  }

  @AfterEach
  void drop() {
    cluster.dropDatabase(name);
  }

  private static int insert(Database database, String id) {
    return database.inTransaction(
        db -> db.execute("INSERT INTO camera (id, changed_at) VALUES (?, 0)", id));
  }

  private static List<String> cameras(Database database) {
    return database.inSnapshot(
        db -> db.createQuery("SELECT id FROM camera ORDER BY id").mapTo(String.class).list());
  }

  private String ask(String sql) throws SQLException {
    try (Connection connection = cluster.admin(name);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  private void order(String sql) throws SQLException {
    try (Connection connection = cluster.admin(name);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void aServerThatCrashesIsNamedAndTheDatabaseGoesOnWhenItRunsAgain() throws Exception {
    try (Database database = Database.open(address)) {
      insert(database, "a");
      cluster.crash();
      try {
        assertThatThrownBy(() -> insert(database, "half")).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> insert(database, "half"))
            .isInstanceOf(StoreException.class)
            .hasMessageContainingAll("the database postgresql://kydai@", "does not answer")
            .hasMessageNotContaining(PostgresqlCluster.PASSWORD);
        assertThatThrownBy(() -> cameras(database)).isInstanceOf(StoreException.class);
        database.check();
        assertThat(database.fault().orElseThrow()).contains("does not answer");
      } finally {
        cluster.start();
      }
      database.check();
      assertThat(database.fault()).isEmpty();
      insert(database, "b");
      assertThat(cameras(database)).containsExactly("a", "b");
    }
  }

  @Test
  void aLockThatWasLostIsTakenAgain() throws Exception {
    try (Database database = Database.open(address)) {
      order(
          "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
              + " AND objid = 2 AND database = (SELECT oid FROM pg_database WHERE datname = '"
              + name
              + "')");
      insert(database, "a");
      database.check();
      assertThat(database.fault()).isEmpty();
      assertThatThrownBy(() -> Database.open(address)).hasMessageContaining("another process");
    }
  }

  @Test
  void aNodeThatWasReplacedWritesNothingAnyMoreHoweverLateItNotices() throws Exception {
    try (Database first = Database.open(address)) {
      insert(first, "a");
      order(
          "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
              + " AND objid = 2 AND database = (SELECT oid FROM pg_database WHERE datname = '"
              + name
              + "')");
      try (Database second = Database.open(address)) {
        assertThatThrownBy(() -> insert(first, "stale"))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("another node took over");
        first.check();
        assertThat(first.fault().orElseThrow()).contains("another node took over", "restart");
        insert(second, "b");
        assertThat(cameras(second)).containsExactly("a", "b");
      }
      first.check();
      assertThat(first.fault()).as("its memory is of before").isPresent();
    }
  }

  @Test
  void aReadOnlyServerIsNamedAndWritingGoesOnAfterwards() throws Exception {
    try (Database database = Database.open(address)) {
      order("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
      // The explicit READ WRITE of a transaction overrules the default, but not a standby.
      insert(database, "a");
      assertThatThrownBy(
              () ->
                  database.inTransaction(
                      db -> {
                        db.execute("SET TRANSACTION READ ONLY");
                        return db.execute("INSERT INTO camera (id, changed_at) VALUES ('b', 0)");
                      }))
          .hasMessageContaining("the server is read-only");
      assertThat(database.fault().orElseThrow()).contains("read-only");
      database.check();
      assertThat(database.fault()).isEmpty();
      assertThat(cameras(database)).containsExactly("a");
    }
  }

  @Test
  void whatIsWrongWithTheAddressIsSaidWithoutThePassword() {
    assertRefused(cluster.url(name, "kydai", "wrong-secret"), "refuses the log-in");
    assertRefused(
        cluster.url("none", "kydai", PostgresqlCluster.ENCODED_PASSWORD),
        "no database of that name");
    assertRefused(
        cluster.url(name, "stranger", PostgresqlCluster.ENCODED_PASSWORD), "owner of the database");
    assertRefused("postgresql://kydai:wrong-secret@127.0.0.1:1/" + name, "does not answer");
  }

  private static void assertRefused(String url, String words) {
    assertThatThrownBy(() -> Database.open(DatabaseAddress.of(url)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(words)
        .satisfies(
            e -> {
              for (Throwable one = e; one != null; one = one.getCause()) {
                assertThat(String.valueOf(one.getMessage()))
                    .doesNotContain("wrong-secret", PostgresqlCluster.PASSWORD);
              }
            });
  }

  @Test
  void tooManyConnectionsAreNamed() throws Exception {
    order("ALTER DATABASE " + name + " CONNECTION LIMIT 0");
    assertThatThrownBy(() -> Database.open(address)).hasMessageContaining("too many connections");
  }

  @Test
  void aDatabaseOfAnotherEncodingIsRefused() throws Exception {
    String other = name + "_latin";
    order(
        "CREATE DATABASE " + other + " OWNER kydai ENCODING LATIN1 LOCALE 'C' TEMPLATE template0");
    try {
      assertThatThrownBy(() -> Database.open(DatabaseAddress.of(cluster.url(other))))
          .hasMessageContainingAll("LATIN1", "--encoding=UTF8");
    } finally {
      cluster.dropDatabase(other);
    }
  }

  @Test
  void eachTextColumnIsComparedByItsBytes() throws Exception {
    Database.open(address).close();
    assertThat(
            ask(
                "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = 'public'"
                    + " AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"))
        .isEqualTo("0");
    assertThat(ask("SHOW lc_collate")).isNotEmpty();
  }

  @Test
  void aCommitIsOnTheServersDisk() throws Exception {
    order("ALTER DATABASE " + name + " SET synchronous_commit = off");
    try (Database database = Database.open(address)) {
      assertThat(
              database.<String>inTransaction(
                  db -> db.createQuery("SHOW synchronous_commit").mapTo(String.class).one()))
          .isEqualTo("on");
    }
  }
}
