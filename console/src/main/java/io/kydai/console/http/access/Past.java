package io.kydai.console.http.access;

import io.kydai.console.users.Permission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * How an operation deals with the past, of which a grant may give only the part from some moment
 * on: the contract's {@code x-past}.
 */
enum Past {
  /** It shows or changes what is there now. */
  NONE,
  /**
   * It shows of the past what the caller may see: its handler keeps to {@link
   * ApiCall#visibleFrom()} or to {@link io.kydai.console.users.Caller#reach}.
   */
  FILTERED,
  /** It shows a past that cannot be divided, and is refused where the caller may not see all. */
  WHOLE;

  /** The permissions whose operations show the past, unless the contract says otherwise. */
  private static final Set<Permission> OF_THE_PAST =
      EnumSet.of(
          Permission.HISTORY,
          Permission.EXPORT,
          Permission.EVIDENCE,
          Permission.UNMASKED,
          Permission.TRACE_PLATES,
          Permission.AUDIT,
          Permission.METRICS);

  /**
   * @param word an operation's {@code x-past}; empty where it has none, so that an operation of
   *     which this was forgotten shows too little rather than too much
   * @throws IllegalStateException when the word is none of these
   */
  static Past of(String operation, String word, Permission permission) {
    if (word.isEmpty()) {
      return OF_THE_PAST.contains(permission) ? WHOLE : NONE;
    }
    return Arrays.stream(values())
        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "openapi.json: the x-past of " + operation + " is '" + word + "'"));
  }
}
