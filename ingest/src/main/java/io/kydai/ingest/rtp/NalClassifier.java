package io.kydai.ingest.rtp;

/** Tells what NAL units are: H.264's way, or H.265's. A pure function, shared by all cameras. */
interface NalClassifier {
  /** Bytes of a NAL unit's header. */
  int headerLength();

  /**
   * Classifies a whole NAL unit.
   *
   * @param bytes with the NAL unit from {@code start} to {@code end}
   */
  NalUnit classify(byte[] bytes, int start, int end);
}
