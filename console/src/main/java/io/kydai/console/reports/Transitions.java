package io.kydai.console.reports;

import static io.kydai.console.reports.ReportState.ASSIGNED;
import static io.kydai.console.reports.ReportState.CLOSED;
import static io.kydai.console.reports.ReportState.IN_PROGRESS;
import static io.kydai.console.reports.ReportState.MAINTENANCE;
import static io.kydai.console.reports.ReportState.RECEIVED;
import static io.kydai.console.reports.ReportState.REJECTED;
import static io.kydai.console.reports.ReportState.RESOLVED;
import static io.kydai.console.reports.ReportState.RETURNED;
import static io.kydai.console.reports.ReportState.SECOND_REVIEW;
import static io.kydai.console.reports.ReportState.VERIFIED;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The life cycle of a report in one table, which {@code docs/desk.md} shows. Steps that are not in
 * it are refused. Every state but {@link ReportState#MAINTENANCE}, which nobody decides on, is
 * reached by a step and left by one.
 */
final class Transitions {
  /** What must be given with a step. */
  enum Needs {
    NOTHING,
    REASON,
    AGENCY
  }

  /** The agency of the report after a step. */
  enum Agency {
    /** As before. */
    KEPT,
    /** The one that is given with the step. */
    GIVEN,
    /** None. */
    NONE
  }

  /** Where a step is allowed. */
  enum Condition {
    ALWAYS,
    /** One person's look is enough for the report. */
    ONE_LOOK,
    /** Two people have to look at the report. */
    TWO_LOOKS,
    /** Somebody else looked first. */
    ANOTHER_PERSON,
    /** Who agreed as the second person takes that back, before anybody else did something. */
    OWN_AGREEMENT
  }

  /** A step that is allowed. */
  record Row(
      ReportState from,
      ReportAction action,
      ReportState to,
      Needs needs,
      Agency agency,
      Condition condition) {
    private Row where(Condition other) {
      return new Row(from, action, to, needs, agency, other);
    }

    private boolean holds(boolean twoLooks) {
      return switch (condition) {
        case ALWAYS, ANOTHER_PERSON -> true;
        case OWN_AGREEMENT -> false;
        case ONE_LOOK -> !twoLooks;
        case TWO_LOOKS -> twoLooks;
      };
    }
  }

  static final List<Row> TABLE =
      List.of(
          row(RECEIVED, ReportAction.VERIFY, VERIFIED, Needs.NOTHING, Agency.KEPT)
              .where(Condition.ONE_LOOK),
          row(RECEIVED, ReportAction.VERIFY, SECOND_REVIEW, Needs.NOTHING, Agency.KEPT)
              .where(Condition.TWO_LOOKS),
          row(RECEIVED, ReportAction.REJECT, REJECTED, Needs.REASON, Agency.KEPT),
          row(SECOND_REVIEW, ReportAction.VERIFY, VERIFIED, Needs.NOTHING, Agency.KEPT)
              .where(Condition.ANOTHER_PERSON),
          row(SECOND_REVIEW, ReportAction.REJECT, REJECTED, Needs.REASON, Agency.KEPT),
          row(SECOND_REVIEW, ReportAction.REOPEN, RECEIVED, Needs.REASON, Agency.NONE),
          row(VERIFIED, ReportAction.ASSIGN, ASSIGNED, Needs.AGENCY, Agency.GIVEN),
          row(VERIFIED, ReportAction.REJECT, REJECTED, Needs.REASON, Agency.KEPT),
          row(VERIFIED, ReportAction.REOPEN, RECEIVED, Needs.REASON, Agency.NONE),
          row(VERIFIED, ReportAction.REOPEN, SECOND_REVIEW, Needs.REASON, Agency.NONE)
              .where(Condition.OWN_AGREEMENT),
          row(ASSIGNED, ReportAction.ACCEPT, IN_PROGRESS, Needs.NOTHING, Agency.KEPT),
          row(ASSIGNED, ReportAction.RESOLVE, RESOLVED, Needs.NOTHING, Agency.KEPT),
          row(ASSIGNED, ReportAction.RETURN, RETURNED, Needs.REASON, Agency.KEPT),
          row(ASSIGNED, ReportAction.REOPEN, RECEIVED, Needs.REASON, Agency.NONE),
          row(ASSIGNED, ReportAction.REOPEN, SECOND_REVIEW, Needs.REASON, Agency.NONE)
              .where(Condition.OWN_AGREEMENT),
          row(IN_PROGRESS, ReportAction.PROGRESS, IN_PROGRESS, Needs.REASON, Agency.KEPT),
          row(IN_PROGRESS, ReportAction.RESOLVE, RESOLVED, Needs.NOTHING, Agency.KEPT),
          row(IN_PROGRESS, ReportAction.RETURN, RETURNED, Needs.REASON, Agency.KEPT),
          row(RETURNED, ReportAction.ASSIGN, ASSIGNED, Needs.AGENCY, Agency.GIVEN),
          row(RETURNED, ReportAction.CLOSE, CLOSED, Needs.REASON, Agency.KEPT),
          row(RESOLVED, ReportAction.CLOSE, CLOSED, Needs.NOTHING, Agency.KEPT),
          row(RESOLVED, ReportAction.REOPEN, VERIFIED, Needs.REASON, Agency.NONE),
          row(REJECTED, ReportAction.CLOSE, CLOSED, Needs.NOTHING, Agency.KEPT),
          row(REJECTED, ReportAction.REOPEN, RECEIVED, Needs.REASON, Agency.NONE),
          row(CLOSED, ReportAction.REOPEN, RECEIVED, Needs.REASON, Agency.NONE));

  /** Each list of reports asks for the actions of every row. */
  private static final Map<ReportState, List<ReportAction>> ACTIONS =
      Arrays.stream(ReportState.values())
          .collect(
              toMap(
                  Function.identity(),
                  state ->
                      Arrays.stream(ReportAction.values())
                          .filter(action -> allows(state, action))
                          .toList(),
                  (one, same) -> one,
                  () -> new EnumMap<>(ReportState.class)));

  private Transitions() {}

  private static Row row(
      ReportState from, ReportAction action, ReportState to, Needs needs, Agency agency) {
    return new Row(from, action, to, needs, agency, Condition.ALWAYS);
  }

  private static Optional<Row> find(ReportState state, ReportAction action, boolean twoLooks) {
    return TABLE.stream()
        .filter(row -> row.from() == state && row.action() == action && row.holds(twoLooks))
        .findFirst();
  }

  /** Returns the step that takes an own agreement back in a state; empty where there is none. */
  static Optional<Row> takingBack(ReportState state, ReportAction action) {
    return TABLE.stream()
        .filter(row -> row.from() == state && row.action() == action)
        .filter(row -> row.condition() == Condition.OWN_AGREEMENT)
        .findFirst();
  }

  /** Whether an action is in the table for a state, with one look or with two. */
  private static boolean allows(ReportState state, ReportAction action) {
    return TABLE.stream().anyMatch(row -> row.from() == state && row.action() == action);
  }

  /**
   * Returns whether a report may come to the state of one that it follows. What is decided stays as
   * it was decided, until a step of the table opens it again; a maintenance item stands alone.
   */
  static boolean mayFollow(ReportState from, ReportState to) {
    return from != MAINTENANCE
        && to != MAINTENANCE
        && (from == to || from != REJECTED && from != RESOLVED && from != CLOSED);
  }

  /** Returns what must be given with an action, of the row for a state or else of any row. */
  static Needs needs(ReportState state, ReportAction action) {
    return TABLE.stream()
        .filter(row -> row.from() == state && row.action() == action)
        .findFirst()
        .or(() -> TABLE.stream().filter(row -> row.action() == action).findFirst())
        .map(Row::needs)
        .orElse(Needs.NOTHING);
  }

  /** Returns what may be done in a state, in the order of {@link ReportAction}. */
  static List<ReportAction> actions(ReportState state) {
    return ACTIONS.getOrDefault(state, List.of());
  }

  /**
   * Returns the step that an action takes in a state.
   *
   * @param twoLooks whether two people have to look at the report before it is verified
   * @throws IllegalTransitionException when the table has no such step
   */
  static Row step(ReportState state, ReportAction action, boolean twoLooks) {
    return find(state, action, twoLooks)
        .orElseThrow(
            () ->
                new IllegalTransitionException(
                    state,
                    action,
                    "it has to be "
                        + Arrays.stream(ReportState.values())
                            .filter(from -> allows(from, action))
                            .map(ReportState::text)
                            .collect(joining(" or "))));
  }
}
