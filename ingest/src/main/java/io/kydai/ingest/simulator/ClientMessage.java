package io.kydai.ingest.simulator;

/** What comes from a client over its connection. */
sealed interface ClientMessage permits Request, ClientMessage.Rtcp {
  /**
   * An interleaved frame of RTCP.
   *
   * @param channel that it came on
   */
  record Rtcp(int channel, byte[] bytes) implements ClientMessage {}
}
