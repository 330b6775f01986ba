package io.kydai.ingest.rtsp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One way to log in that a 401 offers (RFC 2617, section 1.2).
 *
 * @param scheme in lower case, such as {@code digest}
 * @param parameters by their names in lower case, without quotation marks
 */
record Challenge(String scheme, Map<String, String> parameters) {
  /** A scheme's name, or a name with its value, which may be quoted. */
  private static final Pattern PART =
      Pattern.compile(
          "([A-Za-z0-9_-]+)(?:\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]*+)))?");

  /** Reads one {@code WWW-Authenticate} value, which may hold several challenges. */
  static List<Challenge> parse(String header) {
    List<Challenge> found = new ArrayList<>();
    Matcher part = PART.matcher(header);
    while (part.find()) {
      String name = part.group(1).toLowerCase(Locale.ROOT);
      String quoted = part.group(2);
      String value = quoted != null ? quoted.replaceAll("\\\\(.)", "$1") : part.group(3);
      if (value == null) {
        found.add(new Challenge(name, new HashMap<>()));
      } else if (!found.isEmpty()) {
        found.get(found.size() - 1).parameters.putIfAbsent(name, value);
      }
    }
    return found;
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }

  boolean isStale() {
    return parameter("stale").map("true"::equalsIgnoreCase).orElse(false);
  }
}
