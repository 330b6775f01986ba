package io.kydai.streaming.recording.index;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.List;

/**
 * What an index of recordings knows of their thinning to key frames. A file that was thinned is
 * another file, beside the first on its disk, whose name follows from the first one's.
 *
 * <p>A thinning is noted before the new file is written, and until the first is deleted, so that
 * what a node left that ended in between can be found. An exception means that the index has not
 * changed.
 */
public interface ThinningIndex {
  /**
   * A thinning that is under way.
   *
   * @param file the path of the first file
   * @param disk the id of its disk
   */
  record Note(String file, String disk) {
    public Note {
      requireNonNull(file);
      requireNonNull(disk);
    }
  }

  /**
   * Returns a camera's oldest closed segments on a disk that were not thinned, and that no hold
   * protects.
   *
   * @param before only those that end before it
   * @param limit of the list's length
   */
  List<Segment> due(String disk, CameraId camera, Instant before, int limit);

  /** Says that there is nothing to leave out in a file, so that it is not due again. */
  void spare(Segment segment);

  /** Notes that a file is about to be thinned; one that is noted already is noted anew. */
  void begin(Note note);

  /**
   * Says that a thinned file is durable: it takes the place of the first, that the first goes is
   * recorded, both or neither.
   *
   * @param first as it was listed
   * @param thinned what its file has
   * @param sha256 of the thinned file, in hexadecimal digits
   * @return false where the first is no longer there, or a hold or a case protects it by now
   */
  boolean complete(Segment first, Segment thinned, String sha256);

  /** Forgets a thinning, of which nothing is left to be done. */
  void end(Note note);

  /** Returns the thinnings that are noted. */
  List<Note> notes();
}
