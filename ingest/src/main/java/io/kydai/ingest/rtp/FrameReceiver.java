package io.kydai.ingest.rtp;

/** Where what is put together of a track beside the video goes. */
@FunctionalInterface
public interface FrameReceiver {
  /**
   * @param timestamp RTP timestamp, 32 bits, unsigned, in ticks of the track's own clock
   * @param afterLoss whether something before it is missing, or it is the first
   * @param data the receiver's own
   */
  void onFrame(long timestamp, boolean afterLoss, byte[] data);
}
