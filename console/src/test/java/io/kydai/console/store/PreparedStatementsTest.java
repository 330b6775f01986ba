package io.kydai.console.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SQLite alone: with another engine the driver keeps statements itself. */
class PreparedStatementsTest {
  private final PreparedStatements statements = new PreparedStatements();
  private Connection connection;
  private Jdbi jdbi;

  @BeforeEach
  void connect() throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite::memory:");
    ConnectionFactory lent =
        new ConnectionFactory() {
          @Override
          public Connection openConnection() {
            return connection;
          }

          @Override
          public void closeConnection(Connection stays) {
            // The test closes it.
          }
        };
    jdbi = Jdbi.create(lent).setStatementBuilderFactory(any -> statements);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private static int plusOne(Handle db, int number) {
    return db.createQuery("SELECT :number + 1").bind("number", number).mapTo(Integer.class).one();
  }

  @Test
  void isPreparedOnceAndTakesOtherValues() {
    for (int i = 0; i < 3; i++) {
      int number = i;
      assertThat(jdbi.<Integer, RuntimeException>withHandle(db -> plusOne(db, number)))
          .isEqualTo(number + 1);
      assertThat(statements.size()).isEqualTo(1);
    }
  }

  @Test
  void theSameWithinItsOwnResultsIsAnother() {
    List<Integer> found = new ArrayList<>();
    jdbi.useHandle(
        db ->
            db.createQuery("SELECT 1 UNION ALL SELECT 2")
                .mapTo(Integer.class)
                .useStream(
                    numbers ->
                        numbers.forEach(
                            number ->
                                found.addAll(
                                    db.createQuery("SELECT 1 UNION ALL SELECT 2")
                                        .mapTo(Integer.class)
                                        .list()))));
    assertThat(found).containsExactly(1, 2, 1, 2);
    assertThat(statements.size()).isEqualTo(1);
  }

  @Test
  void aStatementThatWasNotReadToItsEndHoldsNoLock() throws SQLException {
    jdbi.useHandle(db -> db.execute("CREATE TABLE t AS SELECT 1 AS a UNION ALL SELECT 2"));
    assertThat(
            jdbi.<Integer, RuntimeException>withHandle(
                db -> db.createQuery("SELECT a FROM t").mapTo(Integer.class).findFirst().get()))
        .isEqualTo(1);
    try (var drop = connection.createStatement()) {
      // SQLite answers "database table is locked" where a statement still reads.
      drop.execute("DROP TABLE t");
    }
  }

  @Test
  void asManyAsItsBound() {
    AtomicInteger number = new AtomicInteger();
    for (int i = 0; i < 2 * PreparedStatements.MAX; i++) {
      jdbi.useHandle(
          db -> db.createQuery("SELECT " + number.incrementAndGet()).mapTo(Integer.class).one());
    }
    assertThat(statements.size()).isEqualTo(PreparedStatements.MAX);
  }

  @Test
  void aFailedOneIsUsedAgain() {
    jdbi.useHandle(db -> db.execute("CREATE TABLE u (a INTEGER CHECK (a > 0))"));
    for (int a : List.of(1, -1, 2)) {
      try {
        jdbi.useHandle(db -> db.createUpdate("INSERT INTO u VALUES (:a)").bind("a", a).execute());
      } catch (RuntimeException refused) {
        assertThat(a).isNegative();
      }
    }
    assertThat(
            jdbi.<List<Integer>, RuntimeException>withHandle(
                db -> db.createQuery("SELECT a FROM u ORDER BY a").mapTo(Integer.class).list()))
        .containsExactly(1, 2);
  }
}
