package io.kydai.ingest.simulator.message;

/** A message that a client sends over its RTSP connection. */
public sealed interface ClientMessage permits Request, ClientMessage.Rtcp {
  /**
   * An interleaved frame with an RTCP packet.
   *
   * @param channel the frame's channel, 0 to 255
   */
  record Rtcp(int channel, byte[] bytes) implements ClientMessage {}
}
