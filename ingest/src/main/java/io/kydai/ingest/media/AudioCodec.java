package io.kydai.ingest.media;

/** The encoding of a camera's audio, which is recorded but not analysed. */
public enum AudioCodec {
  /** MPEG-4 AAC (ISO/IEC 14496-3), raw access units without ADTS. */
  AAC,

  /** ITU-T G.711, µ-law, with one byte for each sample. */
  PCMU,

  /** ITU-T G.711, A-law, with one byte for each sample. */
  PCMA
}
