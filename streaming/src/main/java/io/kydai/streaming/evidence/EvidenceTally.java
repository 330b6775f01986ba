package io.kydai.streaming.evidence;

/** Counts a camera's evidence. Called on any thread. */
public interface EvidenceTally {
  /** What became of a clip. */
  enum Outcome {
    WRITTEN,
    /** As many clips as there may be were being cut already. */
    REFUSED,
    /** The camera sent no picture in its time. */
    EMPTY,
    /** The disk would not take it. */
    FAILED
  }

  void clip(Outcome outcome);

  /** A file of that many bytes is on the disk. */
  void written(long bytes);
}
