package io.kydai.analytics.tracking;

/**
 * Decides whether an unmatched detection begins a track: not where it is a second box around an
 * object that has a track, a box around a part of it, or the same object under another class.
 *
 * <p>That is so where a detection that was given to a track on this picture ends as low, and
 *
 * <ul>
 *   <li>is of the same class group and covers 80% of the box: whoever stands behind a person or a
 *       car ends higher, and whoever stands before it lower;
 *   <li>or is of another group, one of both boxes lies in the other to 80%, and their IoU is above
 *       0.3; but a person and a two-wheeler may be two, which {@link Riders} decides.
 * </ul>
 *
 * <p>A vehicle whose score is below {@link #SURE_VEHICLE} begins no track either where the track of
 * any vehicle shares more than 40% of the smaller box: what scores low where a vehicle is known is
 * mostly a part of that vehicle. One below {@link #SURE_PART} begins none where it is small and
 * lies within such a track: it is a window, a lamp, or a car seen through the glass.
 */
final class TrackInitiation {
  /** A vehicle's score from which on it need not be apart from other vehicles. */
  static final float SURE_VEHICLE = 0.5f;

  /** The same for one that is small and lies within another. */
  static final float SURE_PART = 0.6f;

  private static final double INSIDE = 0.8;
  private static final double LEVEL = 0.2; // difference of lower edges, of the smaller height
  private static final double OTHER_GROUP = 0.3; // IoU
  private static final double PART = 0.4; // of the smaller box
  private static final double WITHIN = 0.9; // of the small box
  private static final double SMALL = 0.125; // of the larger one's area

  private TrackInitiation() {}

  /**
   * Returns whether a detection is an object that has a track.
   *
   * @param tracks the first {@code count} of them
   * @param height of the picture, pixels; boxes are compared down to its lower edge
   */
  static boolean isKnown(
      FrameDetections frame, int d, Candidate[] tracks, int count, double height) {
    return isAnotherBox(frame, d, height) || isPartOfVehicle(frame, d, tracks, count);
  }

  private static boolean isAnotherBox(FrameDetections frame, int d, double height) {
    for (int i = 0; i < frame.size(); i++) {
      if (frame.taken[i] && endAlike(frame, d, i, height) && areOne(frame, d, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean areOne(FrameDetections frame, int d, int known) {
    double shared =
        frame.shared(
            d, frame.left[known], frame.top[known], frame.width[known], frame.height[known]);
    double area = frame.area(d);
    double knownArea = frame.area(known);
    if (frame.kind[known].group.equals(frame.kind[d].group)) {
      return shared > INSIDE * area;
    }
    return !mayRide(frame.kind[known], frame.kind[d])
        && shared > INSIDE * Math.min(area, knownArea)
        && shared > OTHER_GROUP * (area + knownArea - shared);
  }

  private static boolean mayRide(ObjectClass a, ObjectClass b) {
    return a.person && b.machine || a.machine && b.person;
  }

  private static boolean endAlike(FrameDetections frame, int d, int other, double height) {
    double bottom = Math.min(height, frame.top[d] + frame.height[d]);
    double otherBottom = Math.min(height, frame.top[other] + frame.height[other]);
    return Math.abs(bottom - otherBottom) < LEVEL * Math.min(frame.height[d], frame.height[other]);
  }

  private static boolean isPartOfVehicle(
      FrameDetections frame, int d, Candidate[] tracks, int count) {
    if (!frame.kind[d].vehicle || frame.score[d] >= SURE_PART) {
      return false;
    }
    double area = frame.area(d);
    for (int t = 0; t < count; t++) {
      if (!tracks[t].votes.winner().vehicle) {
        continue;
      }
      Motion motion = tracks[t].motion;
      double known = motion.width() * motion.height();
      double shared = frame.shared(d, motion.left(), motion.top(), motion.width(), motion.height());
      if (frame.score[d] < SURE_VEHICLE
          ? shared > PART * Math.min(area, known)
          : shared > WITHIN * area && area < SMALL * known) {
        return true;
      }
    }
    return false;
  }
}
