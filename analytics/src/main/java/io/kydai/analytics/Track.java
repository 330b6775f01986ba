package io.kydai.analytics;

import io.kydai.models.Box;

/**
 * The same object over frames, as it is on one of them.
 *
 * @param id counts a camera's tracks from 1; never used twice in a camera's life
 * @param label the class that the track's detections speak for most, a COCO name
 * @param score of the newest detection, 0..1
 * @param box where the object is, normalised
 * @param seen whether a detection supports it on this frame; otherwise the box is predicted
 * @param firstMediaTime media time of its first frame, 1/90000 s
 */
public record Track(
    long id, String label, float score, Box box, boolean seen, long firstMediaTime) {
  /** Where the object stands: the bottom centre of its box. */
  public Point standing() {
    return Point.standing(box);
  }
}
