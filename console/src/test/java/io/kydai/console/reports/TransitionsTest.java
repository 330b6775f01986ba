package io.kydai.console.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransitionsTest {
  /** Every step that there is, written out once more. */
  private static final Map<String, ReportState> STEPS = new HashMap<>();

  static {
    STEPS.put("RECEIVED VERIFY", ReportState.VERIFIED);
    STEPS.put("SECOND_REVIEW VERIFY", ReportState.VERIFIED);
    STEPS.put("SECOND_REVIEW REJECT", ReportState.REJECTED);
    STEPS.put("SECOND_REVIEW REOPEN", ReportState.RECEIVED);
    STEPS.put("RECEIVED REJECT", ReportState.REJECTED);
    STEPS.put("VERIFIED REJECT", ReportState.REJECTED);
    STEPS.put("VERIFIED ASSIGN", ReportState.ASSIGNED);
    STEPS.put("VERIFIED REOPEN", ReportState.RECEIVED);
    STEPS.put("ASSIGNED ACCEPT", ReportState.IN_PROGRESS);
    STEPS.put("ASSIGNED RESOLVE", ReportState.RESOLVED);
    STEPS.put("ASSIGNED RETURN", ReportState.RETURNED);
    STEPS.put("ASSIGNED REOPEN", ReportState.RECEIVED);
    STEPS.put("IN_PROGRESS PROGRESS", ReportState.IN_PROGRESS);
    STEPS.put("IN_PROGRESS RESOLVE", ReportState.RESOLVED);
    STEPS.put("IN_PROGRESS RETURN", ReportState.RETURNED);
    STEPS.put("RETURNED ASSIGN", ReportState.ASSIGNED);
    STEPS.put("RETURNED CLOSE", ReportState.CLOSED);
    STEPS.put("RESOLVED CLOSE", ReportState.CLOSED);
    STEPS.put("RESOLVED REOPEN", ReportState.VERIFIED);
    STEPS.put("REJECTED CLOSE", ReportState.CLOSED);
    STEPS.put("REJECTED REOPEN", ReportState.RECEIVED);
    STEPS.put("CLOSED REOPEN", ReportState.RECEIVED);
  }

  /** Where a step of a report that two people have to look at leads; null where there is none. */
  private static @Nullable ReportState withTwoLooks(ReportState state, ReportAction action) {
    return state == ReportState.RECEIVED && action == ReportAction.VERIFY
        ? ReportState.SECOND_REVIEW
        : STEPS.get(state + " " + action);
  }

  @ParameterizedTest
  @EnumSource
  void eachStateAllowsWhatTheTableSaysAndNothingElse(ReportState state) {
    for (ReportAction action : ReportAction.values()) {
      check(state, action, false, STEPS.get(state + " " + action));
      check(state, action, true, withTwoLooks(state, action));
    }
  }

  private static void check(
      ReportState state, ReportAction action, boolean twoLooks, @Nullable ReportState to) {
    if (to == null) {
      assertThatThrownBy(() -> Transitions.step(state, action, twoLooks))
          .as("%s %s", state, action)
          .isInstanceOf(IllegalTransitionException.class);
    } else {
      assertThat(Transitions.step(state, action, twoLooks).to())
          .as("%s %s", state, action)
          .isEqualTo(to);
    }
  }

  @Test
  void oneStepAtMostHoldsForEachStateAndAction() {
    for (Transitions.Row one : Transitions.TABLE) {
      for (Transitions.Row other : Transitions.TABLE) {
        boolean same = one.from() == other.from() && one.action() == other.action();
        if (one != other && same) {
          assertThat(Set.of(one.condition(), other.condition()))
              .as("%s and %s", one, other)
              .isIn(
                  Set.of(Transitions.Condition.ONE_LOOK, Transitions.Condition.TWO_LOOKS),
                  Set.of(Transitions.Condition.ALWAYS, Transitions.Condition.OWN_AGREEMENT));
        }
      }
    }
  }

  @Test
  void whatTwoPeopleHaveToLookAtIsVerifiedByAnotherPersonOnly() {
    List<Transitions.Row> verifying =
        Transitions.TABLE.stream()
            .filter(row -> row.to() == ReportState.VERIFIED)
            .filter(row -> row.action() == ReportAction.VERIFY)
            .filter(row -> row.condition() != Transitions.Condition.ONE_LOOK)
            .toList();
    assertThat(verifying)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.from()).isEqualTo(ReportState.SECOND_REVIEW);
              assertThat(row.condition()).isEqualTo(Transitions.Condition.ANOTHER_PERSON);
            });
    assertThat(Transitions.actions(ReportState.SECOND_REVIEW)).doesNotContain(ReportAction.ASSIGN);
  }

  @ParameterizedTest
  @EnumSource
  void aStateOffersExactlyTheActionsThatItAllows(ReportState state) {
    List<ReportAction> allowed =
        Arrays.stream(ReportAction.values())
            .filter(action -> STEPS.containsKey(state + " " + action))
            .toList();
    assertThat(Transitions.actions(state)).isEqualTo(allowed);
  }

  @Test
  void nobodyDecidesOnAMaintenanceItemAndNothingFollowsOne() {
    assertThat(Transitions.actions(ReportState.MAINTENANCE)).isEmpty();
    for (ReportState state : ReportState.values()) {
      assertThat(reached(state, true)).doesNotContain(ReportState.MAINTENANCE);
      assertThat(Transitions.mayFollow(ReportState.MAINTENANCE, state)).isFalse();
      assertThat(Transitions.mayFollow(state, ReportState.MAINTENANCE)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MAINTENANCE")
  void everyStateIsReachedFromEveryOtherWhereTwoPeopleLook(ReportState start) {
    assertThat(reached(start, true))
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.of(ReportState.MAINTENANCE)));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MAINTENANCE")
  void everyStateButTheSecondLookIsReachedFromEveryOther(ReportState start) {
    assertThat(reached(start, false))
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.of(ReportState.SECOND_REVIEW, ReportState.MAINTENANCE)));
  }

  private static Set<ReportState> reached(ReportState start, boolean twoLooks) {
    Set<ReportState> reached = EnumSet.noneOf(ReportState.class);
    Deque<ReportState> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      ReportState state = open.pop();
      for (ReportAction action : Transitions.actions(state)) {
        ReportState to = Transitions.step(state, action, twoLooks).to();
        if (reached.add(to)) {
          open.push(to);
        }
      }
    }
    return reached;
  }

  @Test
  void aReportIsWithAnAgencyExactlyWhereTheTableGivesItOne() {
    for (Transitions.Row row : Transitions.TABLE) {
      assertThat(row.agency() == Transitions.Agency.GIVEN)
          .as("%s", row)
          .isEqualTo(row.needs() == Transitions.Needs.AGENCY)
          .isEqualTo(row.to() == ReportState.ASSIGNED);
      if (row.action() == ReportAction.REOPEN) {
        assertThat(row.agency()).as("%s", row).isEqualTo(Transitions.Agency.NONE);
      }
    }
  }

  @Test
  void theRefusalSaysWhatWouldBeRight() {
    assertThatThrownBy(() -> Transitions.step(ReportState.REJECTED, ReportAction.ASSIGN, false))
        .hasMessage(
            "a report that is rejected does not allow assign; it has to be verified or returned");
  }
}
