package io.kydai.ingest.simulator;

/** What comes from a client over its connection. */
sealed interface FromClient permits Request, FromClient.Rtcp {
  /**
   * An interleaved frame of RTCP.
   *
   * @param channel that it came on
   */
  record Rtcp(int channel, byte[] bytes) implements FromClient {}
}
