package io.kydai.console.users;

import static io.kydai.console.users.Permission.ASSIGN;
import static io.kydai.console.users.Permission.AUDIT;
import static io.kydai.console.users.Permission.EVIDENCE;
import static io.kydai.console.users.Permission.EXPORT;
import static io.kydai.console.users.Permission.HISTORY;
import static io.kydai.console.users.Permission.LIVE;
import static io.kydai.console.users.Permission.METRICS;
import static io.kydai.console.users.Permission.PTZ;
import static io.kydai.console.users.Permission.RESOLVE;
import static io.kydai.console.users.Permission.REVIEW;
import static io.kydai.console.users.Permission.TELL_SIGNALS;
import static io.kydai.console.users.Permission.TRACE_PLATES;
import static io.kydai.console.users.Permission.UNMASKED;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A named set of permissions, as a control room hands out duties. */
public enum Role {
  /** Watches the wall and moves cameras. */
  OPERATOR(EnumSet.of(LIVE, HISTORY, EVIDENCE, PTZ)),
  /** Decides whether reports are true, and assigns them. */
  REVIEWER(EnumSet.of(LIVE, HISTORY, EVIDENCE, REVIEW, ASSIGN)),
  /** Sees and resolves the reports of the own agency and those below it, and nothing else. */
  AGENCY_OFFICER(EnumSet.of(EVIDENCE, RESOLVE)),
  /** Searches and exports what was recorded, without masks. */
  INVESTIGATOR(EnumSet.of(HISTORY, EXPORT, EVIDENCE, UNMASKED, TRACE_PLATES)),
  /** Holds every permission. */
  ADMINISTRATOR(EnumSet.allOf(Permission.class)),
  /** Reads the audit, and the reports that it tells of. */
  AUDITOR(EnumSet.of(AUDIT, EVIDENCE)),
  /** Another system: reads the state, reports and metrics, and tells traffic signals. */
  INTEGRATOR(EnumSet.of(LIVE, HISTORY, EVIDENCE, METRICS, TELL_SIGNALS));

  private final Set<Permission> permissions;

  Role(Set<Permission> permissions) {
    this.permissions = Collections.unmodifiableSet(permissions);
  }

  /** Returns the role's permissions. */
  public Set<Permission> permissions() {
    return permissions;
  }

  /** Returns the name in JSON, such as {@code agency-officer}. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the role with a name in JSON; empty when there is none. */
  public static Optional<Role> of(String wire) {
    return Arrays.stream(values()).filter(one -> one.wire().equals(wire)).findFirst();
  }
}
