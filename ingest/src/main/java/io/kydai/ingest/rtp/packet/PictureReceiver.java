package io.kydai.ingest.rtp.packet;

/** Receives the parameter sets and pictures of a video track, in the order of the stream. */
public interface PictureReceiver {
  /**
   * Called for each parameter set (VPS, SPS or PPS) in the stream.
   *
   * @param nal the NAL unit with its header, without a start code
   */
  void onParameterSet(byte[] nal);

  /** Called for each picture. */
  void onPicture(Picture picture);
}
