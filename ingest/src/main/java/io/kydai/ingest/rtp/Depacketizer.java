package io.kydai.ingest.rtp;

/**
 * Puts together what a track's RTP payloads carry in pieces. It gets a track's packets in the order
 * of their sequence numbers, each once.
 */
public interface Depacketizer {
  /** Packets are missing before the next one. */
  void lost();

  /**
   * Takes the next packet, borrowed.
   *
   * @throws MediaException when it exceeds a limit or cannot be understood at all
   */
  void accept(RtpPacket packet) throws MediaException;
}
