package io.kydai.ingest.media;

/** How a camera's pictures are encoded. */
public enum Codec {
  /** ITU-T H.264 (ISO/IEC 14496-10). */
  H264,

  /** ITU-T H.265 (ISO/IEC 23008-2). */
  H265,

  /** Each picture a JPEG of its own (ITU-T T.81): "motion JPEG". It has no parameter sets. */
  JPEG
}
