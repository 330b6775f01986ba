package io.kydai.streaming.recording;

/** Who is told what was recorded. */
public interface RecordedRows {
  /** Adds a segment, or replaces the one of the same file. */
  void put(Segment segment);

  /** Adds a gap, or replaces the one of the same camera and beginning. */
  void put(Gap gap);
}
