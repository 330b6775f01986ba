package io.kydai.ingest.rtp.nal;

/**
 * Classifies NAL units of H.264 or of H.265. Implementations have no state and are shared by all
 * cameras.
 */
interface NalClassifier {
  /** Returns the length in bytes of a NAL unit's header. */
  int headerLength();

  /**
   * Classifies a complete NAL unit.
   *
   * @param bytes an array that contains the NAL unit
   * @param start the index of its first byte
   * @param end the index after its last byte
   */
  NalUnit classify(byte[] bytes, int start, int end);
}
