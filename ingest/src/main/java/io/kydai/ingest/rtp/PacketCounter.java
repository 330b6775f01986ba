package io.kydai.ingest.rtp;

/** Counts lost, reordered, late and duplicate RTP packets of a camera. */
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
}
