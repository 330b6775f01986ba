package io.kydai.console.users;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A role that an account has on some cameras.
 *
 * @param from only what happened from then on may be seen, so that the grant gives nothing before;
 *     null for everything
 * @param until the moment at which the grant ends; null where it does not
 */
public record Grant(Role role, Scope scope, @Nullable Instant from, @Nullable Instant until) {
  public Grant {
    requireNonNull(role);
    requireNonNull(scope);
  }

  /** Returns a role on every camera, without limits of time. */
  public static Grant of(Role role) {
    return new Grant(role, Scope.EVERYTHING, null, null);
  }

  boolean holdsAt(Instant now) {
    return (from == null || !now.isBefore(from)) && (until == null || now.isBefore(until));
  }
}
