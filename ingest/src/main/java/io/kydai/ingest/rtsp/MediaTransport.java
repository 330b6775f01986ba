package io.kydai.ingest.rtsp;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a track's packets travel, as SETUP agrees on it (RFC 2326, section 12.39). */
enum MediaTransport {
  /** In {@code $} frames on the RTSP connection. */
  TCP_INTERLEAVED {
    @Override
    String offer() {
      return "RTP/AVP/TCP;unicast;interleaved=0-1";
    }

    @Override
    Channels agreed(Optional<String> answer) throws RtspException {
      String transport = answer.orElse(offer()).toUpperCase(Locale.ROOT);
      if (!transport.contains("TCP") && !transport.contains("INTERLEAVED")) {
        throw new RtspException(
            "agrees to another transport than RTP over TCP: "
                + PrintableText.of(answer.orElse(""), 80));
      }
      Matcher channels = INTERLEAVED.matcher(transport);
      if (!channels.find()) {
        return new Channels(0, 1);
      }
      int rtp = Integer.parseInt(channels.group(1));
      String second = channels.group(2);
      return new Channels(rtp, second == null ? rtp + 1 : Integer.parseInt(second));
    }
  };

  private static final Pattern INTERLEAVED =
      Pattern.compile("INTERLEAVED\\s*=\\s*(\\d{1,3})(?:\\s*-\\s*(\\d{1,3}))?");

  /** The channels of {@code $} frames for a track. */
  record Channels(int rtp, int rtcp) {}

  /** The {@code Transport} field to ask with. */
  abstract String offer();

  /**
   * What the answer's {@code Transport} field says.
   *
   * @throws RtspException when it is not what was asked for
   */
  abstract Channels agreed(Optional<String> answer) throws RtspException;
}
