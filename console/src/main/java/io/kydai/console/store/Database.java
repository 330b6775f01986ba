package io.kydai.console.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;

/** The database. */
public final class Database implements AutoCloseable {
  private Database() {}

  /** Work on a connection that is lent until the call returns. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Opens the database and brings its schema up to date.
   *
   * @param file is made, with its folder, where it is missing
   * @throws StoreException when it cannot be opened, or another process has it
   */
  public static Database open(Path file) {
    throw new UnsupportedOperationException();
  }

  /** Does the work in one transaction, and returns when it is on the disk. */
  public <T> T transaction(Work<T> work) {
    throw new UnsupportedOperationException();
  }

  /**
   * @param committed called with the result after the commit, on the writing thread, so that these
   *     calls come in the order of the commits; it must hand over quickly and not write itself
   */
  public <T> T transaction(Work<T> work, Consumer<? super T> committed) {
    throw new UnsupportedOperationException();
  }

  /** Does reading work, which sees what was committed before. */
  public <T> T read(Work<T> work) {
    throw new UnsupportedOperationException();
  }

  /** Finishes what was handed in, and closes the file. */
  @Override
  public void close() {}
}
