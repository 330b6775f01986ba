package io.kydai.ingest.rtp;

/** Where a depacketiser's findings go, in the order of the stream. */
public interface PictureReceiver {
  /** An SPS or PPS NAL unit that came in-band, with its header byte. */
  void onParameterSet(byte[] nal);

  void onPicture(Picture picture);
}
