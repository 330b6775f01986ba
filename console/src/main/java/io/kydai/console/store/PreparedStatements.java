package io.kydai.console.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the statements of one connection prepared from one use to the next. SQLite takes about as
 * long to prepare the statements of a page as to read their columns, and its driver, unlike
 * PostgreSQL's, keeps none. A statement that is in use is not in here, so that the same SQL within
 * its own results gets another one. One thread at a time, that of the session.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>statements</td><td>{@value #MAX}; the one that was not used for longest is closed</td></tr>
 * </table>
 */
final class PreparedStatements extends DefaultStatementBuilder {
  static final int MAX = 50;
  private static final Logger LOG = LoggerFactory.getLogger(PreparedStatements.class);

  private final Map<String, PreparedStatement> kept =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PreparedStatement> eldest) {
          if (size() <= MAX) {
            return false;
          }
          try {
            eldest.getValue().close();
          } catch (SQLException e) {
            LOG.warn("a statement of the database cannot be closed", e);
          }
          return true;
        }
      };

  /** The SQL of the statements that are in use. */
  private final Map<Statement, String> lent = new IdentityHashMap<>();

  @Override
  public PreparedStatement create(Connection connection, String sql, StatementContext context)
      throws SQLException {
    PreparedStatement known = kept.remove(sql);
    PreparedStatement statement = known == null ? super.create(connection, sql, context) : known;
    lent.put(statement, sql);
    return statement;
  }

  /**
   * Takes a statement back, whose results were closed before.
   *
   * @param template what the statement's SQL was made from
   */
  @Override
  public void close(Connection connection, String template, Statement statement)
      throws SQLException {
    String sql = lent.remove(statement);
    if (sql == null || statement.isClosed()) {
      super.close(connection, template, statement);
      return;
    }
    PreparedStatement prepared = (PreparedStatement) statement;
    // Values may be large, and personal.
    prepared.clearParameters();
    PreparedStatement same = kept.put(sql, prepared);
    if (same != null) {
      same.close();
    }
  }

  /** The connection is about to be closed, and with it its statements. */
  void forget() {
    kept.clear();
    lent.clear();
  }

  /** Returns how many statements are kept. */
  int size() {
    return kept.size();
  }
}
