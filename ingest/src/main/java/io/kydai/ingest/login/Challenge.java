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
 * An authentication challenge of a 401 response (RFC 7235, section 4.1).
 *
 * @param scheme the authentication scheme in lower case, such as {@code digest}
 * @param parameters the parameters' values without quotation marks, by their names in lower case
 */
public record Challenge(String scheme, Map<String, String> parameters) {
  /** Matches a scheme's name, or a parameter's name with its value, which may be quoted. */
  private static final Pattern PART =
      Pattern.compile(
          "([A-Za-z0-9_-]+)(?:\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]*+)))?");

  /** The largest length of a header value that is parsed; real challenges are much shorter. */
  private static final int MAX_LENGTH = 8_192;

  public Challenge {
    parameters = Collections.unmodifiableMap(parameters);
  }

  /**
   * Parses {@code WWW-Authenticate} values, each of which may contain several challenges. Values of
   * more than {@value #MAX_LENGTH} characters are ignored.
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

  /**
   * Returns a parameter's value; empty when it is not given.
   *
   * @param name the name in lower case
   */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  /**
   * Returns whether the camera rejected only the nonce, not the credentials ({@code stale=true}).
   */
  public boolean isStale() {
    return parameter("stale").map("true"::equalsIgnoreCase).orElse(false);
  }
}
