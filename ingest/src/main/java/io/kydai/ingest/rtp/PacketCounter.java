package io.kydai.ingest.rtp;

/** Counts what becomes of a camera's RTP packets. */
public interface PacketCounter {
  /** For who does not want to know. */
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

  /** Packets were given up, or cannot be read. */
  void lost(long packets);

  /** A packet came after a later one, and in time to be put where it belongs. */
  void reordered();

  /** A packet came after it was given up: it was counted as lost. */
  void late();

  /** A packet came that was there already. */
  void duplicate();
}
