package io.kydai.console.users;

/**
 * What it costs to hash a password by Argon2id (RFC 9106), and so what it costs to guess one. It
 * stands in each hash, so that a hash stays valid under another cost.
 *
 * @param memoryKib memory of one hash, in KiB, eight or more for each lane
 * @param passes over that memory, one or more
 * @param lanes which could be computed side by side, one or more
 */
public record PasswordCost(int memoryKib, int passes, int lanes) {
  /** As OWASP recommends: 19 MiB, two passes, one lane; some 0.1 s. */
  public static final PasswordCost OWASP = new PasswordCost(19_456, 2, 1);

  /**
   * @throws IllegalArgumentException when RFC 9106 does not allow these values
   */
  public PasswordCost {
    if (lanes < 1 || passes < 1 || memoryKib / 8 < lanes) {
      throw new IllegalArgumentException(
          "memory of " + memoryKib + " KiB, " + passes + " passes, " + lanes + " lanes");
    }
  }
}
