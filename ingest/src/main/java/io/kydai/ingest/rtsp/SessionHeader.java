package io.kydai.ingest.rtsp;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A session as a camera names it (RFC 2326, section 12.37).
 *
 * @param timeout after which the camera forgets it; a minute where the camera does not say, or says
 *     0
 */
record SessionHeader(String id, Duration timeout) {
  private static final Pattern TIMEOUT = Pattern.compile("(?i)timeout\\s*=\\s*(\\d{1,6})");
  private static final Duration DEFAULT = Duration.ofSeconds(60);

  /** A session that the camera has not named. */
  static final SessionHeader UNNAMED = new SessionHeader("", DEFAULT);

  static SessionHeader parse(String header) {
    int end = header.indexOf(';');
    String id = end < 0 ? header : header.substring(0, end);
    Matcher timeout = TIMEOUT.matcher(end < 0 ? "" : header.substring(end));
    long seconds = timeout.find() ? Long.parseLong(timeout.group(1)) : 0;
    return new SessionHeader(id.strip(), seconds == 0 ? DEFAULT : Duration.ofSeconds(seconds));
  }

  /** Whether this is the same session, and the camera forgets it earlier than it said before. */
  boolean isShorterThan(SessionHeader before) {
    return id.equals(before.id) && timeout.compareTo(before.timeout) < 0;
  }

  /**
   * Time between keep-alives: early enough that one of them may be late or lost, and that nothing
   * on the way forgets the connection. 1 s to 60 s.
   */
  Duration keepAliveInterval() {
    return Duration.ofSeconds(Math.max(1, Math.min(60, timeout.toSeconds() / 3)));
  }
}
