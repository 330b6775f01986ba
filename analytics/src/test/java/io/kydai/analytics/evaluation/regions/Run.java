package io.kydai.analytics.evaluation.regions;

import io.kydai.analytics.Frame;
import io.kydai.analytics.Track;
import io.kydai.analytics.motion.MotionMap;
import io.kydai.analytics.mot.MotData;
import io.kydai.analytics.regions.Doubles;
import io.kydai.analytics.regions.Layout;
import io.kydai.analytics.regions.Looks;
import io.kydai.analytics.regions.RegionPlanner;
import io.kydai.analytics.regions.View;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.analytics.tracking.Looked;
import io.kydai.models.Box;
import io.kydai.models.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One way to spend the inferences, and what it finds. */
final class Run {
  /**
   * @param period of slots; a slot is the time that one inference at this input costs
   * @param wholeEvery of the frames that are looked at, which begin with the whole picture
   * @param parts further inferences on each such frame
   */
  record Way(String name, int period, int wholeEvery, int parts, List<Layout> layouts, double zoom, double enough, boolean spares) {}

  final Way way;
  final Seen seen;
  final Precision found = new Precision();
  final Precision tracked = new Precision();
  final SortedMap<Integer, List<MotData.Entry>> tracks = new TreeMap<>();
  long inferences;
  private final RegionPlanner planner;
  private final ByteTracker tracker = new ByteTracker();
  private int looked;

  Run(Way way, Seen seen) {
    this.way = way;
    this.seen = seen;
    this.planner = new RegionPlanner(seen.input(), Scene.EMPTY, way.layouts(), way.zoom(), way.enough());
  }

  boolean looksAt(int slot) {
    return slot % way.period() == 0;
  }

  /** Looks at a frame. */
  void look(int number, Frame frame, MotionMap motion, List<Truth> truth, List<String> groups,
      boolean counts) {
    long time = frame.mediaTime();
    int w = frame.width();
    int h = frame.height();
    List<List<Detection>> views = new ArrayList<>();
    List<View> lookedAt = new ArrayList<>();
    boolean turn = looked++ % way.wholeEvery() != 0;
    for (int i = 0; i < (turn ? 1 : way.parts()); i++) {
      Optional<View> view = planner.next(w, h, time, motion);
      if (view.isPresent()) {
        List<Detection> close = seen.part(number, frame, view.get());
        planner.learn(view.get(), close, time, false);
        views.add(close);
        lookedAt.add(view.get());
        inferences++;
      }
    }
    if (!turn || views.isEmpty()) {
      List<Detection> all = seen.whole(number, frame);
      View view = View.whole(w, h, seen.input());
      planner.learn(view, all, time, true);
      views.add(all);
      lookedAt.add(view);
      inferences++;
    }
    List<Detection> merged = views.size() == 1 ? views.get(0) : Doubles.removed(views);
    Looked where = way.spares() ? new Looks(lookedAt) : Looked.EVERYWHERE;
    List<Track> shown = tracker.update(merged, where, time, w, h);
    if (counts) {
      found.add(truth, merged, groups, w, h);
      List<Detection> asDetections = new ArrayList<>();
      List<MotData.Entry> entries = new ArrayList<>();
      for (Track t : shown) {
        if (t.seen()) {
          Box b = t.box();
          asDetections.add(new Detection(t.label(), t.score(), b));
          if (groups.contains(io.kydai.analytics.tracking.ClassGroups.of(t.label()))) {
            entries.add(
                new MotData.Entry(
                    (int) t.id(),
                    b.left() * w,
                    b.top() * h,
                    b.width() * w,
                    b.height() * h,
                    t.score(),
                    1));
          }
        }
      }
      tracked.add(truth, asDetections, groups, w, h);
      tracks.put(number, entries);
    }
  }
}
