package io.kydai.streaming.live.rtsp.message;

import static java.util.Objects.requireNonNull;

/** What comes from a client. */
public sealed interface ClientMessage {
  /** A request that was understood. */
  record Asked(Request request) implements ClientMessage {
    public Asked {
      requireNonNull(request);
    }
  }

  /** A packet of an interleaved channel, which nobody reads: the client is there. */
  record Packet() implements ClientMessage {}

  /** Bytes that are no request, or one beyond the bounds; nothing is read behind it. */
  record Refused(Status status) implements ClientMessage {
    public Refused {
      requireNonNull(status);
    }
  }
}
