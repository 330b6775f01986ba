package io.kydai.ingest.simulator.message;

import java.util.Locale;
import java.util.Optional;

/**
 * The transport that a client requests in the Transport header field of SETUP (RFC 2326, section
 * 12.39).
 *
 * @param interleaved whether {@code first} and {@code second} are channels of the connection rather
 *     than the client's ports
 * @param first the channel or port for RTP
 * @param second the channel or port for RTCP
 */
public record TransportRequest(boolean interleaved, int first, int second) {

  /**
   * Returns the first supported alternative of the header field; empty when there is none.
   *
   * @param channel the first of the two channels to use when the field gives none
   */
  public static Optional<TransportRequest> parse(String header, int channel) {
    for (String alternative : header.split(",")) {
      Optional<TransportRequest> request = alternative(alternative.trim(), channel);
      if (request.isPresent()) {
        return request;
      }
    }
    return Optional.empty();
  }

  private static Optional<TransportRequest> alternative(String text, int channel) {
    String[] parts = text.split(";");
    return switch (parts[0].trim().toUpperCase(Locale.ROOT)) {
      case "RTP/AVP/TCP" -> pair(parts, "interleaved", "" + channel, true, 0, 255);
      // Without "unicast" the field means multicast, which is not supported.
      case "RTP/AVP", "RTP/AVP/UDP" ->
          contains(parts, "unicast")
              ? pair(parts, "client_port", "", false, 1, 65_535)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static boolean contains(String[] parts, String wanted) {
    for (String part : parts) {
      if (part.trim().equalsIgnoreCase(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<TransportRequest> pair(
      String[] parts, String key, String fallback, boolean interleaved, int least, int most) {
    String value = fallback;
    for (String part : parts) {
      String[] entry = part.trim().split("=", 2);
      if (entry.length == 2 && entry[0].equalsIgnoreCase(key)) {
        value = entry[1];
      }
    }
    if (!value.matches("\\d{1,5}(-\\d{1,5})?")) {
      return Optional.empty();
    }
    String[] numbers = value.split("-");
    int first = Integer.parseInt(numbers[0]);
    int second = numbers.length > 1 ? Integer.parseInt(numbers[1]) : first + 1;
    return first >= least && second <= most && second > first
        ? Optional.of(new TransportRequest(interleaved, first, second))
        : Optional.empty();
  }
}
