package io.kydai.ingest.rtsp;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of a {@code Session} field (RFC 2326, section 12.37).
 *
 * @param id the session identifier; empty when the camera gave none
 * @param timeout the time without a request after which the camera ends the session; 60 s when the
 *     camera gives none, or 0
 */
record SessionHeader(String id, Duration timeout) {
  private static final Pattern TIMEOUT = Pattern.compile("(?i)timeout\\s*=\\s*(\\d{1,6})");
  private static final Duration DEFAULT = Duration.ofSeconds(60);

  /** The session of a camera that gave no identifier. */
  static final SessionHeader UNNAMED = new SessionHeader("", DEFAULT);

  /** Parses the field's value. Never fails. */
  static SessionHeader parse(String header) {
    int end = header.indexOf(';');
    String id = end < 0 ? header : header.substring(0, end);
    Matcher timeout = TIMEOUT.matcher(end < 0 ? "" : header.substring(end));
    long seconds = timeout.find() ? Long.parseLong(timeout.group(1)) : 0;
    return new SessionHeader(id.strip(), seconds == 0 ? DEFAULT : Duration.ofSeconds(seconds));
  }

  /** Returns whether this is the same session with a shorter timeout than before. */
  boolean isShorterThan(SessionHeader before) {
    return id.equals(before.id) && timeout.compareTo(before.timeout) < 0;
  }

  /**
   * Returns the interval between keep-alives: a third of the timeout, from 1 s to 60 s, so that one
   * of them may be late or lost and no network device on the way drops the idle connection.
   */
  Duration keepAliveInterval() {
    return Duration.ofSeconds(Math.max(1, Math.min(60, timeout.toSeconds() / 3)));
  }
}
