package io.kydai.ingest.rtp.packet;

/** Receives the audio frames or documents of a track that is not the video. */
@FunctionalInterface
public interface FrameReceiver {
  /**
   * Called for each frame or document, in the order of the stream.
   *
   * @param timestamp the RTP timestamp, 32 bits, unsigned, in ticks of the track's own clock
   * @param afterLoss whether data before this frame is missing; also true for the first frame
   * @param data the bytes; the receiver owns the array
   */
  void onFrame(long timestamp, boolean afterLoss, byte[] data);
}
