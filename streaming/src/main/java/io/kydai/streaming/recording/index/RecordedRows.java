package io.kydai.streaming.recording.index;

/** Who is told what was recorded. */
public interface RecordedRows {
  /** Adds a segment, or replaces the one of the same file; its digest is not known then. */
  void put(Segment segment);

  /**
   * Adds a segment that was written to its end, or replaces the one of the same file.
   *
   * @param sha256 of the file's bytes, in hexadecimal digits
   */
  void close(Segment segment, String sha256);

  /** Adds a gap, or replaces the one of the same stream and beginning. */
  void put(Gap gap);
}
