package io.kydai.streaming.live.whep.sdp;

import static java.util.Objects.requireNonNull;

import io.kydai.streaming.live.whep.rtp.HeaderExtensions;
import java.util.List;
import java.util.Set;

/**
 * How a stream is sent, of what an offer has.
 *
 * @param payloadType 0 to 127
 * @param retransmission the payload type of retransmissions; -1 where packets are sent again as
 *     they were
 * @param parameters of the answer's {@code a=fmtp}
 * @param feedback which kinds of feedback the client sends
 * @param extensions of the packets' headers
 */
public record Chosen(
    int payloadType,
    int retransmission,
    String parameters,
    List<String> feedback,
    HeaderExtensions extensions) {
  /** How each packet of the session has arrived; needs the packets' numbers. */
  static final String TRANSPORT_WIDE = "transport-cc";

  /** The kinds of feedback that are read. */
  static final Set<String> FEEDBACK =
      Set.of("nack", "nack pli", "ccm fir", "goog-remb", TRANSPORT_WIDE);

  public Chosen {
    requireNonNull(parameters);
    feedback = List.copyOf(feedback);
    requireNonNull(extensions);
  }

  /** Returns whether retransmissions are a source of their own. */
  public boolean hasRetransmission() {
    return retransmission >= 0;
  }

  /** Returns whether the client tells how each packet arrives. */
  public boolean isTransportWide() {
    return extensions.transportNumber() != 0;
  }
}
