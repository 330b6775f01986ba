package io.kydai.console.users;

import io.kydai.console.store.Ulids;

/**
 * Names an account, a token or a session for as long as it exists, also after its name was changed.
 *
 * @param value a ULID in capital letters
 */
public record AccountId(String value) {
  /**
   * @throws IllegalArgumentException when the value is no such ULID
   */
  public AccountId {
    if (!Ulids.valid(value)) {
      throw new IllegalArgumentException("an account's id is a ULID in capital letters");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
