package io.kydai.console.reports;

import static io.kydai.console.reports.ReportState.ASSIGNED;
import static io.kydai.console.reports.ReportState.IN_PROGRESS;
import static io.kydai.console.reports.ReportState.RECEIVED;
import static io.kydai.console.reports.ReportState.REJECTED;
import static io.kydai.console.reports.ReportState.RESOLVED;
import static io.kydai.console.reports.ReportState.RETURNED;
import static io.kydai.console.reports.ReportState.VERIFIED;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The way of a report over the desk, in one table. Steps that are not in it are refused.
 *
 * <p>{@code IN_PROGRESS}, {@code RETURNED} and {@code CLOSED} are an agency's to enter; no action
 * of the desk leads there, but the desk's actions go on from them.
 */
final class Transitions {
  /** What an action needs to be said with it. */
  enum Needs {
    NOTHING,
    REASON,
    AGENCY
  }

  private record Row(Set<ReportState> from, ReportState to, Needs needs) {}

  private static final Map<ReportAction, Row> TABLE =
      new EnumMap<>(
          Map.of(
              ReportAction.VERIFY, new Row(Set.of(RECEIVED), VERIFIED, Needs.NOTHING),
              ReportAction.REJECT, new Row(Set.of(RECEIVED, VERIFIED), REJECTED, Needs.REASON),
              ReportAction.ASSIGN, new Row(Set.of(VERIFIED, RETURNED), ASSIGNED, Needs.AGENCY),
              ReportAction.RESOLVE,
                  new Row(Set.of(ASSIGNED, IN_PROGRESS), RESOLVED, Needs.NOTHING)));

  private Transitions() {}

  private static Row row(ReportAction action) {
    return requireNonNull(TABLE.get(action));
  }

  static Needs needs(ReportAction action) {
    return row(action).needs();
  }

  /** What may be done in a state, in the order of {@link ReportAction}. */
  static List<ReportAction> actions(ReportState state) {
    return TABLE.entrySet().stream()
        .filter(row -> row.getValue().from().contains(state))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * @throws IllegalTransitionException when the table has no such step
   */
  static ReportState after(ReportState state, ReportAction action) {
    Row row = row(action);
    if (!row.from().contains(state)) {
      throw new IllegalTransitionException(
          state,
          action,
          "it has to be "
              + Arrays.stream(ReportState.values())
                  .filter(row.from()::contains)
                  .map(ReportState::text)
                  .collect(joining(" or ")));
    }
    return row.to();
  }
}
