package io.kydai.ingest.media;

/** The encoding of a camera's video. */
public enum Codec {
  /** ITU-T H.264 (ISO/IEC 14496-10). */
  H264,

  /** ITU-T H.265 (ISO/IEC 23008-2). */
  H265,

  /** Motion JPEG: each picture is a separate JPEG (ITU-T T.81). It has no parameter sets. */
  JPEG
}
