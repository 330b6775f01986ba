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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransitionsTest {
  /** Every step that there is, written out once more. */
  private static final Map<String, ReportState> STEPS = new HashMap<>();

  static {
    STEPS.put("RECEIVED VERIFY", ReportState.VERIFIED);
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

  @ParameterizedTest
  @EnumSource
  void eachStateAllowsWhatTheTableSaysAndNothingElse(ReportState state) {
    for (ReportAction action : ReportAction.values()) {
      ReportState to = STEPS.get(state + " " + action);
      if (to == null) {
        assertThatThrownBy(() -> Transitions.step(state, action))
            .as("%s %s", state, action)
            .isInstanceOf(IllegalTransitionException.class);
      } else {
        assertThat(Transitions.step(state, action).to()).as("%s %s", state, action).isEqualTo(to);
      }
    }
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

  @ParameterizedTest
  @EnumSource
  void everyStateIsReachedFromEveryOther(ReportState start) {
    Set<ReportState> reached = EnumSet.noneOf(ReportState.class);
    Deque<ReportState> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      ReportState state = open.pop();
      for (ReportAction action : Transitions.actions(state)) {
        ReportState to = Transitions.step(state, action).to();
        if (reached.add(to)) {
          open.push(to);
        }
      }
    }
    assertThat(reached).containsExactlyInAnyOrder(ReportState.values());
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
    assertThatThrownBy(() -> Transitions.step(ReportState.REJECTED, ReportAction.ASSIGN))
        .hasMessage(
            "a report that is rejected does not allow assign; it has to be verified or returned");
  }
}
