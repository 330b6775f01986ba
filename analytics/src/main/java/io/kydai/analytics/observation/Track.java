package io.kydai.analytics.observation;

import io.kydai.analytics.scene.Point;
import io.kydai.models.detection.Box;

/**
 * The same object over frames, as it is on one of them.
 *
 * @param id counts a camera's tracks from 1; never used twice in a camera's life
 * @param label the class that the track's detections speak for most, a COCO name
 * @param score of the newest detection, 0..1
 * @param box where the object is, normalised
 * @param seen whether a detection supports it on this frame; otherwise the box is predicted
 * @param firstMediaTime media time of its first frame, 1/90000 s
 * @param riders people on a two-wheeler, as many as were seen at once; 0 where none were
 *     distinguished and for any other class
 * @param scenery whether it is taken for a part of the view: it never moved, was not seen to
 *     arrive, and the network was never sure of it
 */
public record Track(
    long id,
    String label,
    float score,
    Box box,
    boolean seen,
    long firstMediaTime,
    int riders,
    boolean scenery) {
  /** A track that is no scenery. */
  public Track(
      long id, String label, float score, Box box, boolean seen, long firstMediaTime, int riders) {
    this(id, label, score, box, seen, firstMediaTime, riders, false);
  }

  /** A track of which no riders are known. */
  public Track(long id, String label, float score, Box box, boolean seen, long firstMediaTime) {
    this(id, label, score, box, seen, firstMediaTime, 0);
  }

  /** Returns the same at another place. */
  public Track at(Box place) {
    return new Track(id, label, score, place, seen, firstMediaTime, riders, scenery);
  }

  /** Where the object stands: the bottom centre of its box. */
  public Point standing() {
    return Point.standing(box);
  }
}
