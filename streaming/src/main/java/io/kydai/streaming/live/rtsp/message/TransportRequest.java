package io.kydai.streaming.live.rtsp.message;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A transport that a client would take (RFC 2326, section 12.39).
 *
 * @param tcp whether interleaved, else UDP
 * @param rtp the channel or the client's port of RTP
 * @param rtcp that of RTCP
 */
public record TransportRequest(boolean tcp, int rtp, int rtcp) {
  private static final int MOST_OFFERS = 16;
  private static final Pattern PAIR = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
  private static final int FIRST_PORT = 1024;

  /**
   * Returns the first of a header's transports that this server has.
   *
   * @param udp whether it has UDP on this connection
   */
  public static Optional<TransportRequest> choose(String header, boolean udp) {
    String[] offers = header.split(",", MOST_OFFERS + 1);
    for (int i = 0; i < Math.min(offers.length, MOST_OFFERS); i++) {
      Optional<TransportRequest> one = read(offers[i].strip().toLowerCase(Locale.ROOT));
      if (one.isPresent() && (one.get().tcp() || udp)) {
        return one;
      }
    }
    return Optional.empty();
  }

  private static Optional<TransportRequest> read(String offer) {
    String[] parts = offer.split(";");
    boolean tcp = parts[0].equals("rtp/avp/tcp");
    if (!tcp && !parts[0].equals("rtp/avp") && !parts[0].equals("rtp/avp/udp")) {
      return Optional.empty();
    }
    String wanted = tcp ? "interleaved=" : "client_port=";
    String pair = tcp ? "0-1" : "";
    for (String part : parts) {
      String one = part.strip();
      if (one.equals("multicast") || one.equals("mode=record") || one.equals("mode=\"record\"")) {
        return Optional.empty();
      }
      if (one.startsWith(wanted)) {
        pair = one.substring(wanted.length());
      }
    }
    Matcher numbers = PAIR.matcher(pair);
    if (!numbers.matches()) {
      return Optional.empty();
    }
    int rtp = Integer.parseInt(numbers.group(1));
    int rtcp = numbers.group(2) == null ? rtp + 1 : Integer.parseInt(numbers.group(2));
    boolean valid = tcp ? rtp <= 0xff && rtcp <= 0xff : isPort(rtp) && isPort(rtcp);
    return valid && rtp != rtcp
        ? Optional.of(new TransportRequest(tcp, rtp, rtcp))
        : Optional.empty();
  }

  /** Ports below 1024 are services of the client's machine, and no video system's. */
  private static boolean isPort(int port) {
    return port >= FIRST_PORT && port <= 0xffff;
  }
}
