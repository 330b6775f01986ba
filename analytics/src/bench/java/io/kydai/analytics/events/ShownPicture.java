package io.kydai.analytics.events;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.decode.StreamMotion;
import io.kydai.analytics.file.VideoFile;
import io.kydai.analytics.motion.MotionField;
import io.kydai.analytics.motion.MotionMap;
import io.kydai.analytics.motion.MotionMeter;
import io.kydai.analytics.motion.OpticalFlow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the motion on one picture of a clip without the network.
 *
 * @param mediaTime 1/90000 s
 * @param stream what a live camera's tracks are carried by: the stream's vectors or, where it has
 *     none, optical flow
 * @param flow optical flow, whatever the stream has
 * @param map where it moves
 */
record ShownPicture(long mediaTime, MotionField stream, MotionField flow, MotionMap map) {
  /** Every picture up to a time in seconds. */
  static List<ShownPicture> of(Path clip, double until) {
    MotionMeter meter = new MotionMeter();
    StreamMotion stream = new StreamMotion();
    OpticalFlow flow = new OpticalFlow();
    List<ShownPicture> shown = new ArrayList<>();
    try (VideoFile file = VideoFile.open(clip, true)) {
      Optional<DecodedFrame> next = file.next();
      while (next.isPresent()) {
        try (DecodedFrame frame = next.get()) {
          if (frame.mediaTime() > until * 90_000) {
            break;
          }
          shown.add(
              new ShownPicture(
                  frame.mediaTime(), stream.of(frame), flow.of(frame), meter.observe(frame)));
        }
        next = file.next();
      }
    }
    return shown;
  }
}
