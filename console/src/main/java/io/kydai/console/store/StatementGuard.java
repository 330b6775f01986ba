package io.kydai.console.store;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Counts a session's statements, and lets none be done in a transaction in which one failed: SQLite
 * may have ended the transaction, and would commit what follows by itself.
 */
final class StatementGuard implements SqlLogger {
  private final AtomicLong statements = new AtomicLong();
  private boolean failed;

  /** A transaction begins. */
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

  long statements() {
    return statements.get();
  }
}
