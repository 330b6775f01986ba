package io.kydai.console.store.engine;

import java.sql.SQLException;

/**
 * The failure of a statement, with a text for the operator of the node.
 *
 * @param kind the kind of failure
 * @param words the reason and a remedy
 */
public record StoreFailure(Kind kind, String words) {
  /** The kinds of failures. */
  public enum Kind {
    /** The disk, the file or the server failed, which may end without a restart of the node. */
    UNAVAILABLE,
    /** Another program holds a lock. */
    LOCKED,
    /** The stored content is damaged, which the node cannot repair. */
    DAMAGE,
    /** The statement was wrong; the database is not at fault. */
    STATEMENT
  }

  /** Returns the first line of a message, because some messages have whole paragraphs. */
  public static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Returns whether a connection must be opened again after this failure. */
  public boolean endsConnection() {
    return kind == Kind.UNAVAILABLE || kind == Kind.DAMAGE;
  }

  /** Finds the meaning of an engine's errors. */
  @FunctionalInterface
  public interface Interpreter {
    /** Returns the failure that an exception of the engine's driver stands for. */
    StoreFailure failure(SQLException e);
  }
}
