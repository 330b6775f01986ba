package io.kydai.console.secrets;

import java.util.List;

/** The encryption of secrets by a key that is the same in every test. */
public final class TestSecrets {
  private TestSecrets() {}

  public static SecretsCipher cipher() {
    return new SecretsCipher(SecretsKey.of(List.of(new byte[32])));
  }
}
