package io.kydai.console.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransitionsTest {
  /** Every step that there is, written out once more. */
  private static final Map<String, ReportState> STEPS =
      Map.of(
          "RECEIVED VERIFY", ReportState.VERIFIED,
          "RECEIVED REJECT", ReportState.REJECTED,
          "VERIFIED REJECT", ReportState.REJECTED,
          "VERIFIED ASSIGN", ReportState.ASSIGNED,
          "RETURNED ASSIGN", ReportState.ASSIGNED,
          "ASSIGNED RESOLVE", ReportState.RESOLVED,
          "IN_PROGRESS RESOLVE", ReportState.RESOLVED);

  @ParameterizedTest
  @EnumSource
  void eachStateAllowsWhatTheTableSaysAndNothingElse(ReportState state) {
    for (ReportAction action : ReportAction.values()) {
      ReportState to = STEPS.get(state + " " + action);
      if (to == null) {
        assertThatThrownBy(() -> Transitions.after(state, action))
            .as("%s %s", state, action)
            .isInstanceOf(IllegalTransitionException.class);
      } else {
        assertThat(Transitions.after(state, action)).as("%s %s", state, action).isEqualTo(to);
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

  @Test
  void theRefusalSaysWhatWouldBeRight() {
    assertThatThrownBy(() -> Transitions.after(ReportState.REJECTED, ReportAction.ASSIGN))
        .hasMessage(
            "a report that is rejected does not allow assign; it has to be verified or returned");
  }
}
