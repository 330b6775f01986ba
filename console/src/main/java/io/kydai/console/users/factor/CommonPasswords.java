package io.kydai.console.users.factor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/**
 * Passwords that are tried first by everybody who guesses: a shipped list of some 15,000 leaked
 * passwords of at least 12 characters ({@code scripts/make/common-passwords} makes it), and
 * passwords that repeat a short piece. OWASP ASVS 5.0.0, requirement 6.2.4, asks for such a check.
 *
 * <p>The list is read when it is first needed, and stays in memory, about 1 MB.
 */
public final class CommonPasswords {
  private static final String RESOURCE = "common-passwords.txt.gz";
  private static final int LONGEST_REPEATED = 6;
  private static final int SHORTEST_NAME = 4;

  private CommonPasswords() {}

  /**
   * Returns whether a password is on the list, whatever its case, or is one piece of up to six
   * characters over and over, such as {@code abc123abc123}.
   */
  public static boolean contains(String password) {
    String lower = password.toLowerCase(Locale.ROOT);
    return List.ALL.contains(lower) || repeats(lower);
  }

  /**
   * Returns whether a password has a name in it, whatever the case, such as the account's or the
   * product's. Names of fewer than four characters do not count, since they are part of many words.
   */
  public static boolean hasName(String password, String... names) {
    String lower = password.toLowerCase(Locale.ROOT);
    return Arrays.stream(names)
        .map(name -> name.toLowerCase(Locale.ROOT))
        .anyMatch(name -> name.length() >= SHORTEST_NAME && lower.contains(name));
  }

  private static boolean repeats(String password) {
    for (int period = 1; period <= LONGEST_REPEATED && period * 2 <= password.length(); period++) {
      if (password.startsWith(password.substring(period))) {
        return true;
      }
    }
    return false;
  }

  /** Holds the list from its first use on. */
  private static final class List {
    static final Set<String> ALL = read();

    private static Set<String> read() {
      try (InputStream in = CommonPasswords.class.getResourceAsStream(RESOURCE)) {
        if (in == null) {
          throw new IllegalStateException("the resource " + RESOURCE + " is missing");
        }
        return new BufferedReader(new InputStreamReader(new GZIPInputStream(in), US_ASCII))
            .lines()
            .collect(Collectors.toUnmodifiableSet());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the resource " + RESOURCE, e);
      }
    }
  }
}
