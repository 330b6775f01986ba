package io.kydai.analytics.bench;

import io.kydai.analytics.mot.MotData;
import io.kydai.ingest.AccessUnit;
import io.kydai.ingest.SharedData;
import io.kydai.models.Box;
import io.kydai.models.Detection;
import java.util.ArrayList;
import java.util.List;

/**
 * A sequence's public detections, frame by frame.
 *
 * @param frames never empty; a frame may be
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param frameTicks from one frame to the next, 1/90000 s
 */
record MotFrames(List<List<Detection>> frames, int width, int height, long frameTicks) {

  /** Throws JUnit's "aborted", which names what is missing, where there is no shared data. */
  static MotFrames of(String sequence) {
    return switch (sequence) {
      case "PETS09-S2L1" -> read(sequence, 768, 576, 7);
      case "ADL-Rundle-6" -> read(sequence, 1920, 1080, 30);
      default -> throw new IllegalArgumentException("the size of " + sequence + " is not known");
    };
  }

  private static MotFrames read(String sequence, int width, int height, int fps) {
    var entries = MotData.read(SharedData.assumeThere("mot/MOT15/" + sequence + "/det.txt"));
    List<List<Detection>> frames = new ArrayList<>();
    for (int frame = 1; frame <= entries.lastKey(); frame++) {
      frames.add(
          entries.getOrDefault(frame, List.of()).stream()
              .map(entry -> detection(entry, width, height))
              .toList());
    }
    return new MotFrames(frames, width, height, AccessUnit.TICKS_PER_SECOND / fps);
  }

  private static Detection detection(MotData.Entry entry, int width, int height) {
    return new Detection(
        "person",
        (float) entry.score(),
        new Box(
            (float) (entry.left() / width),
            (float) (entry.top() / height),
            (float) ((entry.left() + entry.width()) / width),
            (float) ((entry.top() + entry.height()) / height)));
  }
}
