package io.kydai.console.reports;

import io.kydai.console.users.Permission;

/** A step that a person takes with a report, in the order in which steps are offered. */
public enum ReportAction {
  /** The alert is true. */
  VERIFY(Permission.REVIEW),
  /** An agency is to act. */
  ASSIGN(Permission.ASSIGN),
  /** The agency accepts the report. */
  ACCEPT(Permission.RESOLVE),
  /** The agency reports progress, such as that its people are on the way. */
  PROGRESS(Permission.RESOLVE),
  /** The agency has done what was to do. */
  RESOLVE(Permission.RESOLVE),
  /** The agency returns the report to the desk. */
  RETURN(Permission.RESOLVE),
  /** The alert is false, or nothing is to do. */
  REJECT(Permission.REVIEW),
  /** The desk is done with the report. */
  CLOSE(Permission.REVIEW),
  /** The desk takes up again what was decided. */
  REOPEN(Permission.REVIEW);

  private final Permission permission;

  ReportAction(Permission permission) {
    this.permission = permission;
  }

  /** Returns the permission that the step needs on the report's camera. */
  public Permission permission() {
    return permission;
  }
}
