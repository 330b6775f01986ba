package io.kydai.console.store;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Counts the statements of a session, and refuses further statements in a transaction in which one
 * failed: SQLite may have rolled the transaction back, and would commit each further statement
 * separately.
 */
final class StatementGuard implements SqlLogger {
  private final AtomicLong statements = new AtomicLong();
  private boolean failed;

  /** Records that a transaction begins. */
  void begin() {
    failed = false;
  }

  @Override
  public void logBeforeExecution(StatementContext context) {
    if (failed) {
      throw new IllegalStateException("a statement of this transaction has failed");
    }
    statements.incrementAndGet();
  }

  @Override
  public void logException(StatementContext context, SQLException e) {
    failed = true;
  }

  /** Returns the number of statements executed. */
  long statements() {
    return statements.get();
  }
}
