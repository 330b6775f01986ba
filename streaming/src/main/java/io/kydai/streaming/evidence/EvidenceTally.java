package io.kydai.streaming.evidence;

/** A counter of one camera's evidence. It is called on any thread. */
public interface EvidenceTally {
  /** The ways in which a clip can end. */
  enum Outcome {
    /** The clip is a whole file on the disk. */
    WRITTEN,
    /** The clip was not begun, since as many as are allowed were being cut already. */
    REFUSED,
    /** The clip has no file, since the camera sent no picture in its time. */
    EMPTY,
    /** The clip has no file, since writing it failed. */
    FAILED
  }

  /** Counts a clip that has ended. */
  void clip(Outcome outcome);

  /** Counts a file of that many bytes, which is on the disk. */
  void written(long bytes);
}
