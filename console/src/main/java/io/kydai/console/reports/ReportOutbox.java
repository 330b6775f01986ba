package io.kydai.console.reports;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** Writes down what is to be told outside. */
public interface ReportOutbox {
  /** Tells nobody. */
  ReportOutbox NONE = (transaction, report) -> {};

  /**
   * The report has come into the state that it is in.
   *
   * @param transaction the one that brings it there; what is written in it is there if and only if
   *     the report's step is
   * @param report without its history
   */
  void write(Handle transaction, Report report) throws SQLException;

  /**
   * Plates were read of those who took part in a report, or other ones than before.
   *
   * @param transaction as above
   * @param report without its history
   */
  default void writePlates(Handle transaction, Report report) throws SQLException {}

  /** What was written is committed, and may be sent. */
  default void committed() {}
}
