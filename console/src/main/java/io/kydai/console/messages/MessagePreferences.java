package io.kydai.console.messages;

import io.kydai.console.messages.rules.Hours;
import org.jspecify.annotations.Nullable;

/**
 * How a person wants messages.
 *
 * @param language {@code vi} or {@code en}
 * @param byEmail whether by e-mail, where there is a confirmed address
 * @param byPush whether by Web Push, in the browsers that are subscribed
 * @param quiet the hours of each day in which messages wait; null for none
 * @param email the address that was confirmed; null where there is none
 * @param pendingEmail an address to which a code was sent; null where there is none
 */
public record MessagePreferences(
    String language,
    boolean byEmail,
    boolean byPush,
    @Nullable Hours quiet,
    @Nullable String email,
    @Nullable String pendingEmail) {
  /** Those of a person who never chose any. */
  public static final MessagePreferences INITIAL =
      new MessagePreferences("vi", true, true, null, null, null);
}
