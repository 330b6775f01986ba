package io.kydai.console.reports;

import static java.util.Locale.ROOT;

/** The report's state does not allow the action. */
public class IllegalTransitionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ReportState state;
  private final ReportAction action;

  public IllegalTransitionException(ReportState state, ReportAction action, String allowedFrom) {
    super(
        "a report that is %s does not allow %s; %s"
            .formatted(state.text(), action.name().toLowerCase(ROOT), allowedFrom));
    this.state = state;
    this.action = action;
  }

  /** The state that the report was in. */
  public ReportState state() {
    return state;
  }

  /** The action that was refused. */
  public ReportAction action() {
    return action;
  }
}
