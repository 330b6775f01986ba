package io.kydai.console.users;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The right of a program to call the API. The token itself is shown once and stored as a hash.
 *
 * @param name what it is for
 * @param permissions what the program may do, on the cameras of the scope
 * @param expiresAt null where it does not expire
 * @param createdBy the name of the account that made it
 */
public record ApiToken(
    AccountId id,
    String name,
    Set<Permission> permissions,
    Scope scope,
    Instant createdAt,
    @Nullable Instant expiresAt,
    String createdBy) {
  private static final int MAX_NAME = 200;

  public ApiToken {
    requireNonNull(id);
    requireNonNull(scope);
    requireNonNull(createdAt);
    requireNonNull(createdBy);
    permissions = Set.copyOf(permissions);
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw new InvalidPeopleException("name", "1 to " + MAX_NAME + " characters");
    }
    if (permissions.isEmpty()) {
      throw new InvalidPeopleException("permissions", "one at least");
    }
  }
}
