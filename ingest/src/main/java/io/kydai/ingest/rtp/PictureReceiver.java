package io.kydai.ingest.rtp;

/** Where a depacketiser's findings go, in the order of the stream. */
public interface PictureReceiver {
  /** A parameter set (VPS, SPS or PPS) that came in-band, a NAL unit with its header. */
  void onParameterSet(byte[] nal);

  void onPicture(Picture picture);
}
