package io.kydai.analytics.tracking;

import io.kydai.analytics.motion.MotionField;
import io.kydai.analytics.observation.Track;
import io.kydai.models.detection.Detection;
import java.util.List;

/** Follows objects over the frames of one camera. One thread at a time. */
public interface Tracker {
  /**
   * @param detections of one frame, also those of a low score: they keep a track alive
   * @param mediaTime the frame's, 1/90000 s, larger than that of the call before
   * @param width of the frame in pixels: distances are measured in them, not in normalised units
   * @param height of the frame in pixels
   * @return the confirmed tracks of this frame
   */
  List<Track> update(List<Detection> detections, long mediaTime, int width, int height);

  /**
   * The same of a frame that was not looked at everywhere.
   *
   * @param looked where it was; a tracker that knows the difference does not hold a track elsewhere
   *     to be lost
   */
  default List<Track> update(
      List<Detection> detections, Coverage looked, long mediaTime, int width, int height) {
    return update(detections, mediaTime, width, height);
  }

  /**
   * Moves the tracks that were seen on the last look on by what a later picture's stream declares;
   * also called for the picture of the next look, before its detections. A tracker that has no use
   * for it does nothing.
   *
   * @param field of each picture, in the order in which they are shown
   * @param mediaTime the picture's, 1/90000 s
   * @param width of the picture as in {@link #update}
   * @param height of the picture as in {@link #update}
   */
  default void propagate(MotionField field, long mediaTime, int width, int height) {}

  /**
   * Returns the confirmed tracks that were seen on the last look at their places on a later
   * picture, which is not looked at. Nothing of the tracker changes.
   *
   * @param mediaTime the picture's, 1/90000 s, not before the last look
   * @param width of the picture as in {@link #update}
   * @param height of the picture as in {@link #update}
   */
  default List<Track> between(long mediaTime, int width, int height) {
    return List.of();
  }

  /**
   * Returns the confirmed tracks that were seen on both of the last two looks at their places at a
   * moment between these. A track that was confirmed by the last one is among them.
   *
   * @param mediaTime the moment's, 1/90000 s
   * @param width of the picture as in {@link #update}
   * @param height of the picture as in {@link #update}
   */
  default List<Track> interpolated(long mediaTime, int width, int height) {
    return List.of();
  }

  /**
   * Returns what is known of each track, shown or not, at a moment after the last look.
   *
   * @param mediaTime the moment's, 1/90000 s
   * @param width of the picture as in {@link #update}
   * @param height of the picture as in {@link #update}
   */
  default List<TrackState> states(long mediaTime, int width, int height) {
    return List.of();
  }
}
