package io.kydai.streaming.recording.index;

import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where recordings can be looked up. Files are the truth, and an index is what can be asked fast: a
 * segment is told here only when its file and its name are durable, and is forgotten before its
 * file is deleted.
 *
 * <p>Methods may wait, and so are never called on the disk's thread ({@link IndexQueue}). An
 * exception means that the index has not changed.
 */
public interface RecordingIndex extends RecordedRows {
  /**
   * Removes a segment whose file is about to be deleted, as {@link #remove} does, unless it is open
   * or a hold protects it by now, or it is on another disk. That the file is deleted is recorded
   * with it, both or neither.
   *
   * @return whether it was removed, and its file may be deleted
   */
  boolean release(Segment segment, DeletionReason reason);

  /** Adds a segment again whose file could not be deleted, and takes back that it was. */
  void restore(Indexed segment);

  /**
   * Returns what was released last, the newest first: what a node that ended in between may have
   * left on the disk.
   *
   * @param limit of the list's length
   */
  List<Indexed> released(int limit);

  /**
   * Removes a segment whose file is about to be deleted, and the gaps that end before it begins.
   */
  void remove(Segment segment);

  /** Returns the segments that were being written when the node ended, in any order. */
  List<Segment> open();

  /**
   * Returns a camera's segments, of both streams, that overlap a span, in the order of their
   * beginning. A segment that is open is taken to have no end.
   *
   * @param limit of the list's length; the earliest are returned
   */
  List<Segment> segments(CameraId camera, Instant from, Instant to, int limit);

  /** Returns a stream's segments as the other method does those of both. */
  List<Segment> segments(RecordedStream stream, Instant from, Instant to, int limit);

  /** Returns a stream's latest segments, the latest first. */
  List<Segment> newest(RecordedStream stream, int limit);

  /**
   * Returns a camera's gaps, of both streams, that overlap a span, in the order of their beginning.
   */
  List<Gap> gaps(CameraId camera, Instant from, Instant to, int limit);

  /** Returns a stream's gaps as the other method does those of both. */
  List<Gap> gaps(RecordedStream stream, Instant from, Instant to, int limit);

  /**
   * Returns a disk's segments of all cameras in the order of their files' names, byte by byte.
   *
   * @param file only those whose name comes after it; empty for the first
   * @param limit of the list's length
   */
  List<Segment> after(String disk, String file, int limit);

  /** Returns the cameras that have segments, configured or not. */
  List<CameraId> cameras();

  /**
   * Returns a stream's oldest closed segments on a disk that no hold protects.
   *
   * @param before only those that end before it
   * @param limit of the list's length
   */
  List<Segment> deletable(String disk, RecordedStream stream, Instant before, int limit);

  /**
   * Returns the oldest closed segments of all cameras that no hold protects.
   *
   * @param disks only those on one of them
   */
  List<Segment> deletable(Collection<String> disks, int limit);

  /** Finds the segment of a file. */
  Optional<Indexed> find(String file);

  /**
   * A segment with its file's digest.
   *
   * @param sha256 in hexadecimal digits; null where it is not known
   */
  record Indexed(Segment segment, @Nullable String sha256) {}

  /** Returns the number of segments. */
  long count();

  /**
   * Returns what was recorded of each stream in each of the spans of 24 hours that end at a moment.
   */
  List<RecordedDay> days(Instant until);

  /**
   * Returns a camera's oldest closed segments, held or not.
   *
   * @param disks only those on one of them
   * @param before only those that end before it
   */
  List<Segment> movable(Collection<String> disks, CameraId camera, Instant before, int limit);

  /** Notes that a file is about to be moved; one that is noted already is noted anew. */
  void begin(Move move);

  /**
   * Says that a moved file is durable where it goes.
   *
   * @return false where the segment is no longer on the disk from which it goes
   */
  boolean complete(Move move);

  /** Forgets a move, of which nothing is left to be done. */
  void end(Move move);

  /** Returns the moves that are noted. */
  List<Move> moves();

  /** Returns what is known of their thinning. */
  ThinningIndex thinning();

  /** Returns the bytes of all segments together. */
  long totalBytes();

  /** Returns the disks that the index has heard of, and those that segments name besides. */
  List<KnownDisk> disks();

  /** Adds a disk, or replaces where it is; its counts are of no matter. */
  void put(KnownDisk disk);

  /** Gives the segments that name no disk to one. */
  void adopt(String disk);
}
