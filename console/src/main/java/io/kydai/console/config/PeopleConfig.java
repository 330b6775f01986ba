package io.kydai.console.config;

import io.kydai.console.users.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How people log in.
 *
 * @param secondFactor the roles whose holders need a second factor beside the password
 * @param oidc the OpenID Connect provider; null where there is none
 */
public record PeopleConfig(Set<Role> secondFactor, @Nullable OidcConfig oidc) {
  /** Passwords alone are enough, and there is no provider. */
  public static final PeopleConfig DEFAULT = new PeopleConfig(Set.of(), null);

  public PeopleConfig {
    secondFactor = Set.copyOf(secondFactor);
  }
}
