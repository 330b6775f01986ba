package io.kydai.ingest.rtp;

/** Counts lost, reordered, late, duplicate and foreign RTP packets of a camera. */
public interface PacketCounter {
  /** A counter that ignores all calls. */
  PacketCounter NONE =
      new PacketCounter() {
        @Override
        public void lost(long packets) {}

        @Override
        public void reordered() {}

        @Override
        public void late() {}

        @Override
        public void duplicate() {}

        @Override
        public void foreign(long packets) {}
      };

  /**
   * Called when packets are counted as lost because they did not arrive in time or are malformed.
   */
  void lost(long packets);

  /** Called when a packet arrived after a later one, but in time to be put into its order. */
  void reordered();

  /** Called when a packet arrived after it was counted as lost. */
  void late();

  /** Called when a packet arrived a second time. */
  void duplicate();

  /** Called when packets of another source (SSRC) than the stream's are dropped. */
  void foreign(long packets);
}
