package io.kydai.console.users.factor;

import java.time.Instant;

/** An authenticator app, which a person gave the text of a secret. */
public final class AuthenticatorApp {
  private final TotpSecret secret;

  /**
   * @param text the secret in base 32; spaces do not matter
   */
  public AuthenticatorApp(String text) {
    secret = TotpSecret.of(text.replace(" ", ""));
  }

  /**
   * Returns the code of the present step of 30 s, or of one before or after it.
   *
   * @param steps later than the present one
   */
  public String code(int steps) {
    return secret.code(Instant.now().getEpochSecond() / TotpSecret.STEP_SECONDS + steps);
  }
}
