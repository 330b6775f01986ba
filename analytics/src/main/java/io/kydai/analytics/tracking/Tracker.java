package io.kydai.analytics.tracking;

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
}
