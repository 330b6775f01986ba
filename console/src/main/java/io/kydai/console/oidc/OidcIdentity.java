package io.kydai.console.oidc;

import java.util.List;

/**
 * A person as the provider knows him.
 *
 * @param issuer the provider
 * @param subject the provider's own name of the person, which never changes
 * @param name by which the person is called, such as an account's name there; may change
 * @param displayName the person's name in full
 * @param groups at the provider
 * @param idToken as the provider signed it
 */
public record OidcIdentity(
    String issuer,
    String subject,
    String name,
    String displayName,
    List<String> groups,
    String idToken) {
  public OidcIdentity {
    groups = List.copyOf(groups);
  }

  /** Hides the token and the person. */
  @Override
  public String toString() {
    return "OidcIdentity[" + issuer + "]";
  }
}
