package io.kydai.console.outbox;

import static java.util.Objects.requireNonNull;

/**
 * Who or what is told.
 *
 * @param key its key in the table, of letters, digits and colons; no secret
 * @param shown what people see of it; no secret
 */
public record Destination(String key, String shown) {
  public Destination {
    requireNonNull(key);
    requireNonNull(shown);
  }
}
