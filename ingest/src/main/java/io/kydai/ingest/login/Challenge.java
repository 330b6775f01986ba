package io.kydai.ingest.login;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way to log in that a 401 offers (RFC 7235, section 4.1).
 *
 * @param scheme in lower case, such as {@code digest}
 * @param parameters by their names in lower case, without quotation marks
 */
public record Challenge(String scheme, Map<String, String> parameters) {
  /** A scheme's name, or a name with its value, which may be quoted. */
  private static final Pattern PART =
      Pattern.compile(
          "([A-Za-z0-9_-]+)(?:\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]*+)))?");

  /** Longer values hold nothing that a camera means. */
  private static final int MAX_LENGTH = 8_192;

  public Challenge {
    parameters = Collections.unmodifiableMap(parameters);
  }

  /**
   * Reads {@code WWW-Authenticate} values, each of which may hold several challenges. Values of
   * more than {@value #MAX_LENGTH} characters are left out.
   */
  public static List<Challenge> parse(List<String> headers) {
    return headers.stream()
        .filter(header -> header.length() <= MAX_LENGTH)
        .flatMap(header -> parse(header).stream())
        .toList();
  }

  private static List<Challenge> parse(String header) {
    List<Challenge> found = new ArrayList<>();
    Map<String, String> parameters = Map.of();
    Matcher part = PART.matcher(header);
    while (part.find()) {
      String name = part.group(1).toLowerCase(Locale.ROOT);
      String quoted = part.group(2);
      String value = quoted != null ? quoted.replaceAll("\\\\(.)", "$1") : part.group(3);
      if (value == null) {
        parameters = new HashMap<>();
        found.add(new Challenge(name, parameters));
      } else if (!found.isEmpty()) {
        parameters.putIfAbsent(name, value);
      }
    }
    return found;
  }

  /** Its value, where it is given. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /** Whether the camera asks for nothing but a fresh nonce. */
  public boolean isStale() {
    return parameter("stale").map("true"::equalsIgnoreCase).orElse(false);
  }
}
