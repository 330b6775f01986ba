package io.kydai.console.users;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What somebody may do. A permission is held on cameras through a {@link Grant}, apart from those
 * that concern the node as a whole.
 */
public enum Permission {
  /** Sees a camera, its live picture and its state. */
  LIVE(true, "see cameras and their live pictures"),
  /** Sees counts, heat maps and recordings. */
  HISTORY(true, "see counts, heat maps and recordings"),
  /** Takes recordings out of the system. */
  EXPORT(true, "export recordings"),
  /** Sees reports and their evidence. */
  EVIDENCE(true, "see reports and their evidence"),
  /** Sees pictures without masks and blur. */
  UNMASKED(true, "see pictures without masks"),
  /** Follows a plate from camera to camera. */
  TRACE_PLATES(true, "follow a plate from camera to camera"),
  /** Moves cameras. */
  PTZ(true, "move cameras"),
  /** Verifies and rejects reports. */
  REVIEW(true, "verify and reject reports"),
  /** Assigns reports to agencies. */
  ASSIGN(true, "assign reports to agencies"),
  /** Resolves assigned reports. */
  RESOLVE(true, "resolve reports"),
  /** Reports the state of traffic signals, as a signal controller does. */
  TELL_SIGNALS(true, "report the state of traffic signals"),
  /** Adds, changes and removes cameras, their scenes and rules. */
  CONFIGURE_CAMERAS(true, "add, change and remove cameras"),
  /** Changes accounts, tokens and areas. */
  CONFIGURE_PEOPLE(false, "change accounts, tokens and areas"),
  /** Sees and changes the node's settings. */
  CONFIGURE_NODE(false, "see and change the node's settings"),
  /** Reads and exports the audit. */
  AUDIT(false, "read and export the audit"),
  /** Reads the metrics. */
  METRICS(false, "read the metrics");

  private final boolean onCameras;
  private final String meaning;

  Permission(boolean onCameras, String meaning) {
    this.onCameras = onCameras;
    this.meaning = meaning;
  }

  /** Returns whether the permission is held on certain cameras, and not on the whole node. */
  public boolean onCameras() {
    return onCameras;
  }

  /** Returns what the permission allows, as the end of "may …". */
  public String meaning() {
    return meaning;
  }

  /** Returns the name in JSON and in the contract, such as {@code configure-cameras}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the permission with a name in JSON; empty when there is none. */
  public static Optional<Permission> of(String wire) {
    return Arrays.stream(values()).filter(one -> one.wire().equals(wire)).findFirst();
  }
}
