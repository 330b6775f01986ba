package io.kydai.analytics.evaluation.regions;

import io.kydai.analytics.mot.MotData;
import io.kydai.analytics.motion.MotionMap;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.regions.DuplicateMerger;
import io.kydai.analytics.regions.FarZones;
import io.kydai.analytics.regions.PictureGeometry;
import io.kydai.analytics.regions.RegionCoverage;
import io.kydai.analytics.regions.RegionPlanner;
import io.kydai.analytics.regions.RegionView;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.analytics.tracking.ClassGroups;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One way to spend the inferences, and what it finds. */
final class Run {
  /** How frames are looked at. */
  enum Way {
    /** The whole picture. */
    WHOLE,
    /** The whole picture and then, where it is worth it, one region. */
    WHOLE_AND_CLOSE,
    /** On one frame the whole picture, on the next a region. */
    IN_TURN
  }

  private final String name;
  private final Way way;
  private final int period;
  private final Seen seen;
  private final FarZones far;
  private final RegionPlanner planner;
  private final ByteTracker tracker = new ByteTracker();
  private final Precision found = new Precision();
  private final Precision tracked = new Precision();
  private final SortedMap<Integer, List<MotData.Entry>> tracks = new TreeMap<>();
  private int frames;
  private int inferences;

  /**
   * @param period looks at each frame whose slot is a multiple of it
   * @param far down to where the far zone reaches from the top of the picture, 0 to 1
   */
  Run(String name, Way way, int period, Seen seen, double far) {
    this.name = name;
    this.way = way;
    this.period = period;
    this.seen = seen;
    List<Point> corners =
        List.of(new Point(0, 0), new Point(1, 0), new Point(1, far), new Point(0, far));
    this.far = new FarZones(List.of(new Zone("far", corners, ZoneUse.FAR, null)));
    this.planner = new RegionPlanner(seen.input(), this.far);
  }

  String name() {
    return name;
  }

  int inferences() {
    return inferences;
  }

  /** The detections of the frames that count. */
  Precision found() {
    return found;
  }

  /** The tracks that were seen on the frames that count. */
  Precision tracked() {
    return tracked;
  }

  SortedMap<Integer, List<MotData.Entry>> tracks() {
    return tracks;
  }

  boolean looksAt(int slot) {
    return slot % period == 0;
  }

  /**
   * Looks at a frame.
   *
   * @param number of the frame, from 1
   * @param groups the classes that the truth has
   * @param counts whether there is truth for it
   */
  void look(
      int number,
      Frame frame,
      MotionMap motion,
      List<Truth> truth,
      List<String> groups,
      boolean counts) {
    int w = frame.width();
    int h = frame.height();
    PictureGeometry picture = PictureGeometry.of(frame);
    List<List<Detection>> views = new ArrayList<>();
    List<RegionView> close = new ArrayList<>();
    boolean turn = way == Way.IN_TURN && frames++ % 2 == 1;
    Optional<RegionView> view =
        turn ? planner.next(picture, frame.mediaTime(), motion) : Optional.empty();
    if (view.isEmpty()) {
      views.add(seen.whole(number, frame));
      planner.learnWhole(views.get(0), picture);
    }
    if (way == Way.WHOLE_AND_CLOSE) {
      view = planner.next(picture, frame.mediaTime(), motion);
    }
    if (view.isPresent()) {
      close.add(view.get());
      views.add(planner.learnClose(view.get(), seen.close(number, frame, view.get())));
    }
    inferences += views.size();
    List<Detection> merged =
        views.size() == 1 ? views.get(0) : DuplicateMerger.removed(views.get(0), views.get(1));
    List<Track> shown = track(merged, close, views.size() == 1 && !close.isEmpty(), frame);
    if (counts) {
      found.add(truth, merged, groups, w, h);
      List<Detection> there =
          shown.stream()
              .filter(Track::seen)
              .map(track -> new Detection(track.label(), track.score(), track.box()))
              .toList();
      tracked.add(truth, there, groups, w, h);
      tracks.put(number, entries(shown, groups, w, h));
    }
  }

  private List<Track> track(
      List<Detection> found, List<RegionView> close, boolean onlyClose, Frame frame) {
    int w = frame.width();
    int h = frame.height();
    if (way == Way.WHOLE) {
      return tracker.update(found, frame.mediaTime(), w, h);
    }
    if (onlyClose) {
      return tracker.update(
          found,
          (left, top, width, height) ->
              close.get(0).region().covers(left, top, width, height) > 0.9,
          frame.mediaTime(),
          w,
          h);
    }
    RegionCoverage looked = new RegionCoverage(far, seen.input(), PictureGeometry.of(frame), close);
    return tracker.update(
        found, looked, frame.mediaTime(), frame.displayWidth(), frame.displayHeight());
  }

  private static List<MotData.Entry> entries(List<Track> shown, List<String> groups, int w, int h) {
    List<MotData.Entry> entries = new ArrayList<>();
    for (Track track : shown) {
      if (track.seen() && groups.contains(ClassGroups.of(track.label()))) {
        Box box = track.box();
        entries.add(
            new MotData.Entry(
                (int) track.id(),
                box.left() * w,
                box.top() * h,
                box.width() * w,
                box.height() * h,
                track.score(),
                1));
      }
    }
    return entries;
  }
}
