package io.kydai.analytics.tracking;

import io.kydai.analytics.motion.MotionField;
import io.kydai.analytics.observation.Track;
import io.kydai.ingest.media.MediaTime;
import io.kydai.models.detection.Detection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tracking by association of every detection box, after ByteTrack (Zhang et al., ECCV 2022), with
 * what OC-SORT (Cao et al., CVPR 2023) does about gaps.
 *
 * <p>Each frame: all tracks are moved on to its media time, and with the picture where that moved;
 * riders are joined to their machines; detections with a high score are assigned to the tracks by
 * overlap and direction; those with a low score to the confirmed tracks that are left and were seen
 * a moment ago (a half-hidden person scores low); what is left of the high ones to the places where
 * lost tracks were seen last, and then begins new tracks, where a score is high enough for its
 * class ({@link StartScores}) and no track has the object already ({@link TrackInitiation}). Where
 * it differs from the papers: time is media time, not a frame count; association is within a group
 * of classes that small networks confuse, and the label is voted; boxes are widened by what an
 * object may have moved since it was last seen, so that 3 frames per second work.
 *
 * <p>Guarantees: an id is given to a track when it is confirmed and never again. A score below
 * {@link TrackerSettings#startScores} never begins a track. A confirmed track without a detection
 * is returned for a short time with {@code seen=false} at its predicted place, then withheld;
 * within {@link TrackerSettings#keepLost} it may come back under its id. When no frames come for a
 * while (a reconnect), what stood before is still there afterwards under its id. Rules look at seen
 * tracks only.
 *
 * <p>After a while nothing is allocated but the tracks that are returned.
 *
 * <table><caption>Bounds</caption>
 * <tr><th>what</th><th>bound</th><th>beyond it</th></tr>
 * <tr><td>detections of a frame</td><td>{@value #MAX_DETECTIONS}</td>
 *   <td>those of the lowest scores are not looked at</td></tr>
 * <tr><td>tracks, shown or lost</td><td>{@value #MAX_TRACKS}</td>
 *   <td>no new ones begin until others end</td></tr>
 * <tr><td>time without a detection</td><td>{@link TrackerSettings#keepLost}</td>
 *   <td>the track is forgotten</td></tr>
 * <tr><td>time without a look at its place</td><td>three seconds</td>
 *   <td>it counts as time without a detection</td></tr>
 * <tr><td>time without frames</td><td>one minute</td><td>all tracks are forgotten</td></tr>
 * </table>
 */
public final class ByteTracker implements Tracker {
  /** Per frame. */
  public static final int MAX_DETECTIONS = FrameDetections.MOST;

  /** Per camera. */
  public static final int MAX_TRACKS = 500;

  // Two boxes of one group that overlap more are one object under two names.
  private static final double SAME_OVERLAP = 0.75;
  // Low scores alone carry a track this long: a post that once looked like a person scores low for
  // ever after.
  private static final long LOW_FOR = MediaTime.ticksOfSeconds(4);
  private static final long FRESH = MediaTime.ticksOfMillis(500);

  // Whoever looks at parts of the picture comes round sooner.
  private static final long LONGEST_SPARED = MediaTime.ticksOfSeconds(3);

  // No analysed rate is so low: the camera was away.
  private static final long AWAY = MediaTime.ticksOfMillis(1500);
  private static final long LONGEST_AWAY = MediaTime.ticksOfSeconds(60);
  private static final double STANDING = 0.2; // heights per second

  private final TrackerSettings settings;
  private final long keepLost;
  private final long showPredicted;
  private final ObjectClass.Known kinds = new ObjectClass.Known();
  private final FrameDetections frame = new FrameDetections();
  private final CameraShift shift = new CameraShift();
  private final Riders riders = new Riders();
  private final Scenery scenery = new Scenery();
  private final MotionVectorPropagation propagation = new MotionVectorPropagation();
  private final Association association;
  private Candidate[] tracks = new Candidate[0]; // those beyond `count` are there to be used again
  private int count;
  private long lastId;
  private long lastTime = Long.MIN_VALUE;

  public ByteTracker() {
    this(TrackerSettings.DEFAULT);
  }

  public ByteTracker(TrackerSettings settings) {
    this.settings = settings;
    this.association = new Association(settings);
    this.keepLost = MediaTime.ticks(settings.keepLost());
    this.showPredicted = MediaTime.ticks(settings.showPredicted());
  }

  /** {@inheritDoc} A time that does not grow is taken as one tick after the last. */
  @Override
  public List<Track> update(List<Detection> detections, long time, int width, int height) {
    return update(detections, Coverage.EVERYWHERE, time, width, height);
  }

  @Override
  public List<Track> update(
      List<Detection> detections, Coverage looked, long time, int width, int height) {
    follow(detections, looked, time, width, height);
    List<Track> shown = new ArrayList<>(count);
    for (int t = 0; t < count; t++) {
      if (tracks[t].confirmed() && lastTime - tracks[t].lastSeen <= showPredicted) {
        shown.add(tracks[t].track(tracks[t].lastSeen == lastTime, width, height));
      }
    }
    return shown;
  }

  /** {@inheritDoc} The way between two looks that lie more than 1.5 s apart is not known. */
  @Override
  public List<Track> interpolated(long time, int width, int height) {
    List<Track> shown = new ArrayList<>(count);
    for (int t = 0; t < count; t++) {
      Candidate track = tracks[t];
      if (track.confirmed()
          && track.lastSeen == lastTime
          && track.interpolation.covers(time, lastTime)) {
        shown.add(track.interpolated(time, width, height));
      }
    }
    return shown;
  }

  @Override
  public void propagate(MotionField field, long time, int width, int height) {
    propagation.propagate(field, tracks, count, lastTime, time, width, height);
  }

  /**
   * {@inheritDoc} They are carried where the stream's motion is known, otherwise as they moved
   * last.
   */
  @Override
  public List<Track> between(long time, int width, int height) {
    List<Track> shown = new ArrayList<>(count);
    for (int t = 0; t < count; t++) {
      if (tracks[t].confirmed() && tracks[t].lastSeen == lastTime) {
        shown.add(tracks[t].moved(time - lastTime, width, height));
      }
    }
    return shown;
  }

  @Override
  public List<TrackState> states(long time, int width, int height) {
    List<TrackState> states = new ArrayList<>(count);
    for (int t = 0; t < count; t++) {
      states.add(tracks[t].state(lastTime, time, width, height));
    }
    return states;
  }

  /** All of it but the tracks for the caller. */
  void follow(List<Detection> detections, Coverage looked, long time, int width, int height) {
    long previous = lastTime;
    long now = Math.max(time, previous + 1);
    lastTime = now;
    float vehicleStart = settings.startScores().vehicle();
    frame.fill(detections, kinds, settings.lowScore(), vehicleStart, width, height);
    moveOn(previous, now);
    riders.join(frame, tracks, count);
    if (shift.find(tracks, count, frame, settings.highScore(), previous)) {
      for (int t = 0; t < count; t++) {
        tracks[t].motion.shift(shift.x(), shift.y());
      }
      scenery.shift(shift.x(), shift.y(), width);
    }
    associate(previous, now);
    spare(looked, previous, now);
    endSome(now);
    begin(now, height);
    scenery.observe(tracks, count, now);
  }

  private void moveOn(long previous, long now) {
    if (count == 0) {
      return;
    }
    long passed = now - previous;
    boolean away = passed > AWAY;
    int kept = 0;
    for (int t = 0; t < count; t++) {
      Candidate track = tracks[t];
      if (track.lastSeen == previous) {
        track.interpolation.begin(track.motion, previous);
      } else {
        track.interpolation.clear();
      }
      if (away && passed <= LONGEST_AWAY && track.confirmed() && track.motion.speed() < STANDING) {
        track.motion.stay();
        track.lastSeen += passed - 1; // nobody looked
        track.lastSure += passed - 1;
      } else {
        double seconds = MediaTime.seconds(passed);
        if (track.missedFor(previous) > 0) {
          track.motion.coast(seconds);
        }
        if (track.displacement.covers(passed)) {
          double whole = (double) passed / track.displacement.ticks();
          track.motion.predict(
              seconds,
              whole * track.displacement.x(),
              whole * track.displacement.y(),
              track.displacement.variance(track.motion.height()));
        } else {
          track.motion.predict(seconds);
        }
      }
      track.displacement.clear();
      if (track.missedFor(now) <= keepLost) {
        swap(kept++, t);
      }
    }
    count = kept;
  }

  private void associate(long previous, long now) {
    float high = settings.highScore();
    association.start(frame, previous, now);
    for (int t = 0; t < count; t++) {
      association.ask(tracks[t], tracks[t].confirmed());
    }
    association.solve(Association.Step.SURE, high, Float.MAX_VALUE);
    for (int t = 0; t < count; t++) {
      Candidate track = tracks[t];
      association.ask(
          track,
          track.confirmed()
              && track.missedFor(now) <= Math.max(FRESH, now - previous)
              && now - track.lastSure <= LOW_FOR);
    }
    association.solve(Association.Step.UNSURE, settings.lowScore(), high);
    for (int t = 0; t < count; t++) {
      association.ask(tracks[t], tracks[t].confirmed());
    }
    association.solve(Association.Step.FOUND_AGAIN, high, Float.MAX_VALUE);
    for (int t = 0; t < count; t++) {
      association.ask(tracks[t], !tracks[t].confirmed());
    }
    association.solve(
        Association.Step.NEW, Math.min(high, settings.startScores().lowest()), Float.MAX_VALUE);
    for (int t = 0; t < count; t++) {
      if (tracks[t].lastSeen == now) {
        if (tracks[t].score >= settings.supportScore(tracks[t].votes.winner())) {
          tracks[t].lastSure = now;
        }
        confirm(tracks[t]);
      }
    }
  }

  private void confirm(Candidate track) {
    if (!track.confirmed() && track.hits >= settings.confirmHits()) {
      track.id = ++lastId;
    }
  }

  /** Time in which nobody looked does not count against a track. */
  private void spare(Coverage looked, long previous, long now) {
    for (int t = 0; t < count; t++) {
      Candidate track = tracks[t];
      Motion motion = track.motion;
      if (track.lastSeen != now
          && now - track.lastSeen <= LONGEST_SPARED
          && !looked.at(motion.left(), motion.top(), motion.width(), motion.height())) {
        track.spared += now - Math.max(previous, track.lastSeen);
      }
    }
  }

  /** What was new and is gone, and what was lost and is there under another id. */
  private void endSome(long now) {
    int kept = 0;
    for (int t = 0; t < count; t++) {
      Candidate track = tracks[t];
      boolean seen = track.lastSeen == now;
      if (seen || mayReturn(track, now) && !track.absorbed && !hasTwin(track, now)) {
        track.absorbed = false;
        swap(kept++, t);
      }
    }
    count = kept;
  }

  private static boolean mayReturn(Candidate track, long now) {
    return track.confirmed() || track.missedFor(now) == 0;
  }

  private boolean hasTwin(Candidate lost, long now) {
    for (int t = 0; t < count; t++) {
      Candidate seen = tracks[t];
      if (seen.lastSeen == now
          && seen.confirmed()
          && seen.votes.winner().group.equals(lost.votes.winner().group)
          && Overlap.of(seen.motion, lost.motion) > SAME_OVERLAP) {
        return true;
      }
    }
    return false;
  }

  private void begin(long now, int height) {
    for (int d = 0; d < frame.size() && count < MAX_TRACKS; d++) {
      if (frame.taken[d] || frame.score[d] < settings.startScores().of(frame.kind[d])) {
        continue;
      }
      if (TrackInitiation.isKnown(frame, d, tracks, count, height)) {
        continue;
      }
      if (count == tracks.length) {
        tracks = Arrays.copyOf(tracks, Math.min(MAX_TRACKS, 2 * count + 8));
      }
      if (tracks[count] == null) {
        tracks[count] = new Candidate();
      }
      tracks[count].begin(frame, d, now);
      confirm(tracks[count++]);
    }
  }

  private void swap(int a, int b) {
    Candidate other = tracks[a];
    tracks[a] = tracks[b];
    tracks[b] = other;
  }
}
