package io.kydai.ingest;

/** How a camera's pictures are encoded. */
public enum Codec {
  /** ITU-T H.264 (ISO/IEC 14496-10). */
  H264
}
