package io.kydai.analytics.tracking;

import io.kydai.analytics.Track;
import io.kydai.ingest.AccessUnit;
import io.kydai.models.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Tracking by association of every detection box, after ByteTrack (Zhang et al., ECCV 2022).
 *
 * <p>Each frame: all tracks are moved on to its media time; detections with a high score are
 * assigned to them by overlap; those with a low score are assigned to the confirmed tracks that are
 * left and were not lost before (a half-hidden person scores low); what is left of the high ones
 * begins new tracks. Where it differs from the paper: time is media time, not a frame count;
 * association is within a group of classes that small networks confuse (car, bus, truck), and the
 * label is voted by score; boxes are widened by what an object may have moved since it was last
 * seen, so that 3 frames per second work.
 *
 * <p>Guarantees: an id is given to a track when it is confirmed and never again. A low score never
 * begins a track. A confirmed track without a detection is returned for a short time with {@code
 * seen=false} at its predicted place, then withheld; within two seconds it may come back under its
 * id. Rules look at seen tracks only.
 *
 * <table><caption>Bounds</caption>
 * <tr><th>what</th><th>bound</th><th>beyond it</th></tr>
 * <tr><td>detections of a frame</td><td>{@value #MAX_DETECTIONS}</td>
 *   <td>those of the lowest scores are not looked at</td></tr>
 * <tr><td>tracks, shown or lost</td><td>{@value #MAX_TRACKS}</td>
 *   <td>no new ones begin until others end</td></tr>
 * <tr><td>time without a detection</td><td>{@link TrackerSettings#keepLost}</td>
 *   <td>the track is forgotten</td></tr>
 * </table>
 */
public final class ByteTracker implements Tracker {
  /** Per frame. */
  public static final int MAX_DETECTIONS = 300;

  /** Per camera. */
  public static final int MAX_TRACKS = 500;

  // Smallest overlap at which a box may be the same object.
  private static final double HIGH_OVERLAP = 0.2;
  private static final double LOW_OVERLAP = 0.4;
  private static final double TENTATIVE_OVERLAP = 0.3;
  // Two boxes of one group that overlap more are one object under two names.
  private static final double SAME_OVERLAP = 0.75;
  // Boxes are widened by this part of themselves for each second since the last detection…
  private static final double WIDEN_PER_SECOND = 0.6;
  private static final double WIDEN_MOST = 0.4;
  // Low scores alone carry a track this long: a post that once looked like a person scores low for
  // ever after.
  private static final long LOW_FOR = 4 * AccessUnit.TICKS_PER_SECOND;
  private static final double FORBIDDEN = 10;

  private static final long TICKS = AccessUnit.TICKS_PER_SECOND;

  private final TrackerSettings settings;
  private final long keepLost;
  private final long showPredicted;
  private final List<Candidate> tracks = new ArrayList<>();
  private final Assignment assignment = new Assignment();
  private final List<Detection> kept = new ArrayList<>();
  private final List<String> groups = new ArrayList<>();
  private final List<Candidate> asked = new ArrayList<>();
  private double[] boxes = new double[0];
  private boolean[] taken = new boolean[0];
  private int[] offered = new int[0];
  private int[] match = new int[0];
  private double[] cost = new double[0];
  private long lastId;
  private long lastTime = Long.MIN_VALUE;

  public ByteTracker() {
    this(TrackerSettings.DEFAULT);
  }

  public ByteTracker(TrackerSettings settings) {
    this.settings = settings;
    this.keepLost = ticks(settings.keepLost().toNanos());
    this.showPredicted = ticks(settings.showPredicted().toNanos());
  }

  /** {@inheritDoc} A time that does not grow is taken as one tick after the last. */
  @Override
  public List<Track> update(List<Detection> detections, long time, int width, int height) {
    long previous = lastTime;
    long mediaTime = Math.max(time, previous + 1);
    double seconds = tracks.isEmpty() ? 0 : (mediaTime - previous) / (double) TICKS;
    lastTime = mediaTime;
    take(detections, width, height);
    tracks.removeIf(track -> mediaTime - track.lastSeen > keepLost);
    for (Candidate track : tracks) {
      if (track.lastSeen < previous) {
        track.motion.coast(seconds);
      }
      track.motion.predict(seconds);
    }

    float high = settings.highScore();
    associate(mediaTime, true, false, high, 1, HIGH_OVERLAP, previous);
    associate(mediaTime, true, true, settings.lowScore(), high, LOW_OVERLAP, previous);
    associate(mediaTime, false, false, high, 1, TENTATIVE_OVERLAP, previous);

    tracks.removeIf(track -> !track.confirmed() && track.lastSeen < mediaTime);
    removeTwins(mediaTime);
    begin(mediaTime);
    return shown(mediaTime, width, height);
  }

  /** Keeps the best detections, in pixels, without the second name of the same object. */
  private void take(List<Detection> detections, int width, int height) {
    kept.clear();
    groups.clear();
    ensure(Math.min(detections.size(), MAX_DETECTIONS));
    List<Detection> sorted = new ArrayList<>(detections);
    sorted.sort(Comparator.comparingDouble(Detection::score).reversed());
    for (Detection detection : sorted) {
      if (kept.size() == MAX_DETECTIONS) {
        break;
      }
      if (!(detection.score() >= settings.lowScore())) {
        continue; // also a score that is no number, which sorts first
      }
      int n = kept.size();
      boxes[4 * n] = detection.box().left() * width;
      boxes[4 * n + 1] = detection.box().top() * height;
      boxes[4 * n + 2] = detection.box().width() * width;
      boxes[4 * n + 3] = detection.box().height() * height;
      if (!(boxes[4 * n + 2] > 0 && boxes[4 * n + 3] > 0)) {
        continue;
      }
      String group = ClassGroups.of(detection.label());
      boolean second = false;
      for (int i = 0; i < n && !second; i++) {
        second =
            groups.get(i).equals(group)
                && !kept.get(i).label().equals(detection.label())
                && overlap(i, n) > SAME_OVERLAP;
      }
      if (!second) {
        taken[n] = false;
        kept.add(detection);
        groups.add(group);
      }
    }
  }

  private void associate(
      long mediaTime,
      boolean confirmed,
      boolean onlyFresh,
      float from,
      float below,
      double least,
      long previous) {
    asked.clear();
    for (Candidate track : tracks) {
      boolean free = track.lastSeen < mediaTime && track.confirmed() == confirmed;
      boolean fresh = track.lastSeen >= previous && mediaTime - track.lastSure <= LOW_FOR;
      if (free && (!onlyFresh || fresh)) {
        asked.add(track);
      }
    }
    int columns = 0;
    for (int i = 0; i < kept.size(); i++) {
      float score = kept.get(i).score();
      if (!taken[i] && score >= from && (score < below || below >= 1)) {
        offered[columns++] = i;
      }
    }
    int rows = asked.size();
    if (rows == 0 || columns == 0) {
      return;
    }
    if (cost.length < rows * columns) {
      cost = new double[2 * rows * columns];
    }
    if (match.length < rows) {
      match = new int[2 * rows];
    }
    for (int r = 0; r < rows; r++) {
      Candidate track = asked.get(r);
      double unseen = (mediaTime - track.lastSeen) / (double) TICKS;
      double widen = Math.min(WIDEN_MOST, WIDEN_PER_SECOND * unseen);
      for (int c = 0; c < columns; c++) {
        int d = offered[c];
        cost[r * columns + c] =
            groups.get(d).equals(track.group) ? 1 - overlap(track.motion, d, widen) : FORBIDDEN;
      }
    }
    assignment.solve(cost, rows, columns, 1 - least, match);
    for (int r = 0; r < rows; r++) {
      if (match[r] >= 0) {
        support(asked.get(r), offered[match[r]], mediaTime);
      }
    }
  }

  private void support(Candidate track, int d, long mediaTime) {
    taken[d] = true;
    track.motion.correct(
        boxes[4 * d] + boxes[4 * d + 2] / 2,
        boxes[4 * d + 1] + boxes[4 * d + 3] / 2,
        boxes[4 * d + 2],
        boxes[4 * d + 3]);
    track.supported(kept.get(d), mediaTime);
    if (track.score >= settings.highScore()) {
      track.lastSure = mediaTime;
    }
    confirm(track);
  }

  private void confirm(Candidate track) {
    if (!track.confirmed() && track.hits >= settings.confirmHits()) {
      track.id = ++lastId;
    }
  }

  /** A lost track under a seen one of its group is the same object, found again as a new one. */
  private void removeTwins(long mediaTime) {
    tracks.removeIf(
        lost -> {
          if (lost.lastSeen == mediaTime) {
            return false;
          }
          for (Candidate seen : tracks) {
            if (seen.lastSeen == mediaTime
                && seen.confirmed()
                && seen.group.equals(lost.group)
                && overlap(seen.motion, lost.motion) > SAME_OVERLAP) {
              return true;
            }
          }
          return false;
        });
  }

  private void begin(long mediaTime) {
    for (int d = 0; d < kept.size() && tracks.size() < MAX_TRACKS; d++) {
      if (taken[d] || kept.get(d).score() < settings.startScore()) {
        continue;
      }
      Motion motion =
          new Motion(
              boxes[4 * d] + boxes[4 * d + 2] / 2,
              boxes[4 * d + 1] + boxes[4 * d + 3] / 2,
              boxes[4 * d + 2],
              boxes[4 * d + 3]);
      Candidate track = new Candidate(kept.get(d), groups.get(d), motion, mediaTime);
      confirm(track);
      tracks.add(track);
    }
  }

  private List<Track> shown(long mediaTime, int width, int height) {
    List<Track> shown = new ArrayList<>();
    for (Candidate track : tracks) {
      if (track.confirmed() && mediaTime - track.lastSeen <= showPredicted) {
        shown.add(track.track(track.lastSeen == mediaTime, width, height));
      }
    }
    return shown;
  }

  private double overlap(int a, int b) {
    return overlap(
        boxes[4 * a],
        boxes[4 * a + 1],
        boxes[4 * a + 2],
        boxes[4 * a + 3],
        boxes[4 * b],
        boxes[4 * b + 1],
        boxes[4 * b + 2],
        boxes[4 * b + 3]);
  }

  private static double overlap(Motion a, Motion b) {
    return overlap(
        a.left(), a.top(), a.width(), a.height(), b.left(), b.top(), b.width(), b.height());
  }

  private double overlap(Motion track, int d, double widen) {
    double w = widen * track.width();
    double h = widen * track.height();
    double dw = widen * boxes[4 * d + 2];
    double dh = widen * boxes[4 * d + 3];
    return overlap(
        track.left() - w,
        track.top() - h,
        track.width() + 2 * w,
        track.height() + 2 * h,
        boxes[4 * d] - dw,
        boxes[4 * d + 1] - dh,
        boxes[4 * d + 2] + 2 * dw,
        boxes[4 * d + 3] + 2 * dh);
  }

  private static double overlap(
      double x, double y, double w, double h, double x2, double y2, double w2, double h2) {
    double width = Math.min(x + w, x2 + w2) - Math.max(x, x2);
    double height = Math.min(y + h, y2 + h2) - Math.max(y, y2);
    if (width <= 0 || height <= 0) {
      return 0;
    }
    double shared = width * height;
    return shared / (w * h + w2 * h2 - shared);
  }

  private void ensure(int detections) {
    // One more than is kept: the next is written before it is known whether it stays.
    if (taken.length < detections + 1) {
      int size = 2 * detections + 1;
      boxes = new double[4 * size];
      taken = new boolean[size];
      offered = new int[size];
    }
  }

  private static long ticks(long nanos) {
    return Math.round(nanos / 1e9 * TICKS);
  }
}
