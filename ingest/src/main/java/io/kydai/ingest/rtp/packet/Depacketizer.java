package io.kydai.ingest.rtp.packet;

/**
 * Reassembles access units, frames or documents from a track's RTP payloads. It receives the
 * track's packets in the order of their sequence numbers, each once.
 */
public interface Depacketizer {
  /** Called when packets are missing before the next one. */
  void lost();

  /**
   * Processes the next packet, which is borrowed until the call returns.
   *
   * @throws MediaException when the packet exceeds a limit or is of an unsupported format
   */
  void accept(RtpPacket packet) throws MediaException;
}
