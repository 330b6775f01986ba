package io.kydai.console.users;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Permissions that a caller has on some cameras.
 *
 * @param from only what happened from then on may be seen, so that the right does not hold before;
 *     null for everything
 * @param until the moment at which the right ends; null where it does not
 * @param agency whose reports alone may be seen, with those of the agencies below it; null for the
 *     reports of all
 */
record Right(
    Set<Permission> permissions,
    Scope scope,
    @Nullable Instant from,
    @Nullable Instant until,
    @Nullable String agency) {
  Right {
    permissions = Set.copyOf(permissions);
  }

  /** Returns the right of a grant; an agency officer without an agency sees nothing. */
  static Right of(Grant grant, @Nullable String agency) {
    if (grant.role() != Role.AGENCY_OFFICER) {
      return new Right(
          grant.role().permissions(), grant.scope(), grant.from(), grant.until(), null);
    }
    Set<Permission> permissions = agency == null ? Set.of() : grant.role().permissions();
    return new Right(permissions, grant.scope(), grant.from(), grant.until(), agency);
  }

  boolean holds(Permission permission, Instant now) {
    return permissions.contains(permission) && holdsAt(now);
  }

  boolean holdsAt(Instant now) {
    return (from == null || !now.isBefore(from)) && (until == null || now.isBefore(until));
  }
}
