package io.kydai.ingest.media;

/** How a camera's sound is encoded. It is carried for recordings, not analysed. */
public enum AudioCodec {
  /** MPEG-4 AAC (ISO/IEC 14496-3), raw access units without ADTS. */
  AAC,

  /** ITU-T G.711, µ-law: a byte a sample. */
  PCMU,

  /** ITU-T G.711, A-law: a byte a sample. */
  PCMA
}
