package io.kydai.ingest.rtsp;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a camera's {@code Transport} field says (RFC 2326, section 12.39). Its {@code ssrc} is not
 * read: cameras write it as they like, with blanks, as 0, or another one than they send.
 *
 * @param tcp whether it speaks of frames on the RTSP connection
 * @param interleaved the channels of those frames; null where it gives none
 * @param serverPorts where the camera sends datagrams from, and takes ours; null where it gives
 *     none
 * @param source the address that datagrams come from, as it was written; null where it gives none
 */
record TransportAnswer(
    boolean tcp, @Nullable Pair interleaved, @Nullable Pair serverPorts, @Nullable String source) {
  private static final Pattern INTERLEAVED = pair("interleaved", 3);
  private static final Pattern SERVER_PORT = pair("server_port", 5);
  private static final Pattern SOURCE = Pattern.compile("(?i);\\s*source\\s*=\\s*\"?([^;,\"\\s]+)");

  /** Two numbers, for RTP and RTCP. */
  record Pair(int rtp, int rtcp) {}

  private static Pattern pair(String name, int digits) {
    String number = "(\\d{1," + digits + "})";
    return Pattern.compile("(?i)" + name + "\\s*=\\s*" + number + "(?:\\s*-\\s*" + number + ")?");
  }

  static TransportAnswer parse(String field) {
    Pair interleaved = find(INTERLEAVED, field, 255).orElse(null);
    Matcher source = SOURCE.matcher(field);
    return new TransportAnswer(
        interleaved != null || field.toUpperCase(Locale.ROOT).contains("/TCP"),
        interleaved,
        find(SERVER_PORT, field, 65_535).filter(ports -> ports.rtp > 0).orElse(null),
        source.find() ? source.group(1) : null);
  }

  /** One number alone means that the other is the next. */
  private static Optional<Pair> find(Pattern pattern, String field, int most) {
    Matcher matcher = pattern.matcher(field);
    if (!matcher.find()) {
      return Optional.empty();
    }
    int first = Integer.parseInt(matcher.group(1));
    int second = matcher.group(2) == null ? first + 1 : Integer.parseInt(matcher.group(2));
    return first <= most && second <= most
        ? Optional.of(new Pair(first, second))
        : Optional.empty();
  }
}
