package io.kydai.ingest.rtsp.transport;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parsed {@code Transport} field of a response to SETUP (RFC 2326, section 12.39).
 *
 * @param tcp whether the field names interleaved frames on the RTSP connection
 * @param interleaved the channel numbers of those frames, 0 to 255; null when the field gives none
 * @param serverPorts the camera's UDP ports; null when the field gives none
 * @param source the address that the camera sends datagrams from, as it was written and unchecked;
 *     null when the field gives none
 * @param ssrc the source of the RTP packets; null when the field gives none or 0. Some cameras
 *     write it with blanks or in fewer than eight digits, and some give another one than they send
 */
public record TransportAnswer(
    boolean tcp,
    @Nullable Pair interleaved,
    @Nullable Pair serverPorts,
    @Nullable String source,
    @Nullable Integer ssrc) {
  private static final Pattern INTERLEAVED = pair("interleaved", 3);
  private static final Pattern SERVER_PORT = pair("server_port", 5);
  private static final Pattern SOURCE = Pattern.compile("(?i);\\s*source\\s*=\\s*\"?([^;,\"\\s]+)");

  private static final Pattern SSRC =
      Pattern.compile("(?i);\\s*ssrc\\s*=\\s*\"?([0-9a-f]{1,8})(?![0-9a-z])");

  /** A pair of channel or port numbers. */
  record Pair(int rtp, int rtcp) {}

  private static Pattern pair(String name, int digits) {
    String number = "(\\d{1," + digits + "})";
    return Pattern.compile("(?i)" + name + "\\s*=\\s*" + number + "(?:\\s*-\\s*" + number + ")?");
  }

  /** Parses the field's value. Never fails; numbers out of range count as not given. */
  public static TransportAnswer parse(String field) {
    Pair interleaved = find(INTERLEAVED, field, 255).orElse(null);
    Matcher source = SOURCE.matcher(field);
    return new TransportAnswer(
        interleaved != null || field.toUpperCase(Locale.ROOT).contains("/TCP"),
        interleaved,
        find(SERVER_PORT, field, 65_535).filter(ports -> ports.rtp > 0).orElse(null),
        source.find() ? source.group(1) : null,
        ssrc(field));
  }

  private static @Nullable Integer ssrc(String field) {
    Matcher matcher = SSRC.matcher(field);
    int ssrc = matcher.find() ? Integer.parseUnsignedInt(matcher.group(1), 16) : 0;
    return ssrc == 0 ? null : ssrc;
  }

  /** Returns the pair of numbers. When only one is given, the second is the next number. */
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
