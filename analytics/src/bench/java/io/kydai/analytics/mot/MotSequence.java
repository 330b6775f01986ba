package io.kydai.analytics.mot;

import io.kydai.analytics.observation.Track;
import io.kydai.analytics.tracking.Tracker;
import io.kydai.ingest.SharedData;
import io.kydai.ingest.media.MediaTime;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/**
 * A sequence of MOT15 with its public detections.
 *
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 * @param frames detections of frame 1, 2, …; never empty, a frame may be
 * @param truth by frame
 */
public record MotSequence(
    String name,
    int width,
    int height,
    double fps,
    List<List<Detection>> frames,
    SortedMap<Integer, List<MotData.Entry>> truth) {
  /** Those of the shared data; from a moving camera: ETH's, ADL-Rundle-8, KITTI-17. */
  public static final List<String> NAMES =
      List.of(
          "ADL-Rundle-6",
          "ADL-Rundle-8",
          "ETH-Bahnhof",
          "ETH-Sunnyday",
          "KITTI-17",
          "PETS09-S2L1",
          "TUD-Campus",
          "Venice-2");

  /** Throws JUnit's "aborted", which names what is missing, where there is no shared data. */
  public static MotSequence read(String name) {
    return switch (name) {
      case "ADL-Rundle-6", "ADL-Rundle-8", "Venice-2" -> read(name, 1920, 1080, 30);
      case "ETH-Bahnhof", "ETH-Sunnyday" -> read(name, 640, 480, 14);
      case "KITTI-17" -> read(name, 1224, 370, 10);
      case "PETS09-S2L1" -> read(name, 768, 576, 7);
      case "TUD-Campus" -> read(name, 640, 480, 25);
      default -> throw new IllegalArgumentException("the size of " + name + " is not known");
    };
  }

  private static MotSequence read(String name, int width, int height, double fps) {
    String folder = "mot/MOT15/" + name;
    var truth = MotData.read(SharedData.assumeThere(folder + "/gt.txt"));
    var entries = MotData.read(SharedData.assumeThere(folder + "/det.txt"));
    List<List<Detection>> frames = new ArrayList<>();
    for (int frame = 1; frame <= Math.max(truth.lastKey(), entries.lastKey()); frame++) {
      frames.add(
          entries.getOrDefault(frame, List.of()).stream()
              .map(entry -> detection(entry, width, height))
              .toList());
    }
    return new MotSequence(name, width, height, fps, List.copyOf(frames), truth);
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

  /** Media time of a frame, which counts from 0 here. */
  public long mediaTime(int frame) {
    return Math.round((double) frame * MediaTime.TICKS_PER_SECOND / fps);
  }

  /**
   * The same from a camera that shakes: every frame is moved by up to a part of the picture's width
   * in each direction, truth and detections alike. The same each time.
   */
  public MotSequence shaken(double part) {
    Random random = new Random(name.hashCode());
    List<List<Detection>> moved = new ArrayList<>();
    SortedMap<Integer, List<MotData.Entry>> truths = new TreeMap<>();
    for (int frame = 0; frame < frames.size(); frame++) {
      double dx = part * width * (2 * random.nextDouble() - 1);
      double dy = part * width * (2 * random.nextDouble() - 1);
      float x = (float) (dx / width);
      float y = (float) (dy / height);
      moved.add(
          frames.get(frame).stream()
              .map(found -> new Detection(found.label(), found.score(), moved(found.box(), x, y)))
              .toList());
      truths.put(
          frame + 1,
          truth.getOrDefault(frame + 1, List.of()).stream()
              .map(entry -> entry.moved(dx, dy))
              .toList());
    }
    return new MotSequence(name, width, height, fps, moved, truths);
  }

  private static Box moved(Box box, float x, float y) {
    return new Box(box.left() + x, box.top() + y, box.right() + x, box.bottom() + y);
  }

  /** What a tracker makes of the whole sequence. */
  public MotScore score(Tracker tracker) {
    return score(tracker, frame -> true);
  }

  /** The same where only some frames are analysed (the first is 0); the others do not count. */
  public MotScore score(Tracker tracker, IntPredicate analysed) {
    SortedMap<Integer, List<MotData.Entry>> results = new TreeMap<>();
    SortedMap<Integer, List<MotData.Entry>> asked = new TreeMap<>();
    for (int frame = 0; frame < frames.size(); frame++) {
      if (analysed.test(frame)) {
        results.put(
            frame + 1, entries(tracker.update(frames.get(frame), mediaTime(frame), width, height)));
        asked.put(frame + 1, truth.getOrDefault(frame + 1, List.of()));
      }
    }
    return MotScore.of(asked, results, MotPairs.Rules.MOT15);
  }

  private List<MotData.Entry> entries(List<Track> tracks) {
    List<MotData.Entry> entries = new ArrayList<>();
    for (Track track : tracks) {
      if (track.seen()) {
        Box box = track.box();
        entries.add(
            new MotData.Entry(
                (int) track.id(),
                box.left() * width,
                box.top() * height,
                box.width() * width,
                box.height() * height,
                track.score(),
                1));
      }
    }
    return entries;
  }
}
