package io.kydai.console.reports;

import io.kydai.console.audit.Actor;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Writes what follows from a change of a report, in the transaction of the change: it is there if
 * and only if the change is. It also tells what the site wants of a report. Called on the
 * database's writing thread.
 */
public interface ReportConsequences {
  /**
   * Returns whether this hears of camera faults too ({@link ReportState#MAINTENANCE}), which are no
   * work of the desk: of their receipt, and of nothing else.
   */
  default boolean ofMaintenance() {
    return false;
  }

  /**
   * A report came in.
   *
   * @param report without its history
   * @return a step that the node is to take with it at once; empty for none
   */
  Optional<Decision> received(Handle db, Report report) throws SQLException;

  /**
   * Returns whether two people have to look at a report before it is verified.
   *
   * @param report without its history
   */
  default boolean needsTwoLooks(Handle db, Report report) {
    return false;
  }

  /**
   * A step was taken.
   *
   * @param before the report before it, without its history
   * @param after the report after it, without its history
   * @param step as the history has it
   * @param actor who took it
   * @return a step that the node is to take with it at once, which is not looked at after a step of
   *     the node itself; empty for none
   */
  Optional<Decision> acted(Handle db, Report before, Report after, Report.Step step, Actor actor)
      throws SQLException;

  /**
   * A report came to the state of the one that it follows.
   *
   * @param before the report before it, without its history
   * @param after the report after it, without its history
   */
  default void followed(Handle db, Report before, Report after) throws SQLException {}

  /**
   * A report stands alone again.
   *
   * @param report after it, without its history
   */
  default void separated(Handle db, Report report) throws SQLException {}

  /**
   * Plates were read of those who took part in a report, or other ones than before.
   *
   * @param report without its history
   */
  default void read(Handle db, Report report) throws SQLException {}
}
