package io.kydai.analytics.tracking;

import io.kydai.analytics.observation.Track;
import io.kydai.ingest.media.MediaTime;
import io.kydai.models.detection.Box;

/**
 * A track from its first detection until it is forgotten: what {@link ByteTracker} knows of it.
 * Recycled: {@link #begin} makes a new track of it.
 */
final class Candidate {
  final Motion motion = new Motion();
  final ClassVote votes = new ClassVote();
  final Parts parts = new Parts();
  long firstTime;
  long id;
  long lastSeen;
  long lastSure;

  /** Of the time since it was last seen, that in which nobody looked there. */
  long spared;

  /** How far the stream's motion carried it since the last look. */
  final AccumulatedDisplacement displacement = new AccumulatedDisplacement();

  /** Its way from the look before to the last one. */
  final Interpolation interpolation = new Interpolation();

  int hits;
  float score;

  /** Whether it was ever seen away from where it began. */
  boolean moved;

  /** Whether it is no road user but a part of the view: {@link Scenery}. */
  boolean scenery;

  private double firstLeft;
  private double firstTop;
  private double firstWidth;
  private double firstHeight;

  /** Another track goes on with the same road user. */
  boolean absorbed;

  void begin(FrameDetections from, int d, long mediaTime) {
    motion.begin(from.cx(d), from.cy(d), from.width[d], from.height[d]);
    displacement.clear();
    interpolation.clear();
    votes.clear();
    parts.clear();
    firstTime = mediaTime;
    lastSure = mediaTime;
    id = 0;
    absorbed = false;
    moved = false;
    scenery = false;
    firstLeft = from.left[d];
    firstTop = from.top[d];
    firstWidth = from.width[d];
    firstHeight = from.height[d];
    hits = 0;
    supported(from, d, mediaTime);
  }

  void supported(FrameDetections from, int d, long mediaTime) {
    hits++;
    lastSeen = mediaTime;
    spared = 0;
    score = from.score[d];
    votes.add(from.kind[d], score, from.riders[d]);
    if (from.riders[d] > 0) {
      parts.learn(from, d);
    }
  }

  /** Overlap (IoU) with where it began. */
  double fromStart() {
    return Overlap.of(
        firstLeft,
        firstTop,
        firstWidth,
        firstHeight,
        motion.left(),
        motion.top(),
        motion.width(),
        motion.height());
  }

  /** How long it was looked for in vain, media time. */
  long missedFor(long now) {
    return now - lastSeen - spared;
  }

  boolean confirmed() {
    return id != 0;
  }

  Track track(boolean seen, int width, int height) {
    return track(seen, 0, 0, width, height);
  }

  /** Where it is by now, when it was seen on the last look and so much time has passed. */
  Track moved(long passed, int width, int height) {
    boolean known = displacement.covers(passed);
    double part = known ? (double) passed / displacement.ticks() : MediaTime.seconds(passed);
    return track(
        true,
        part * (known ? displacement.x() : motion.speedX()),
        part * (known ? displacement.y() : motion.speedY()),
        width,
        height);
  }

  /** What is known of it at a moment after the last look. */
  TrackState state(long look, long time, int width, int height) {
    long passed = time - look;
    boolean carried = lastSeen == look && displacement.covers(passed);
    double seconds = MediaTime.seconds(displacement.ticks());
    double speedX = carried ? displacement.x() / seconds : motion.speedX();
    double speedY = carried ? displacement.y() / seconds : motion.speedY();
    return new TrackState(
        moved(passed, width, height).box(),
        speedX / width,
        speedY / height,
        confirmed(),
        MediaTime.seconds(look - lastSeen),
        carried);
  }

  /** Where it was at a moment between the last two looks, which its interpolation covers. */
  Track interpolated(long time, int width, int height) {
    double[] at = interpolation.at(time, motion, lastSeen);
    return track(true, at[0], at[1], at[2], at[3], width, height);
  }

  private Track track(boolean seen, double dx, double dy, int width, int height) {
    return track(
        seen,
        motion.left() + dx,
        motion.top() + dy,
        motion.width(),
        motion.height(),
        width,
        height);
  }

  private Track track(boolean seen, double x, double y, double w, double h, int width, int height) {
    float left = (float) (x / width);
    float top = (float) (y / height);
    Box box = new Box(left, top, left + (float) (w / width), top + (float) (h / height));
    return new Track(id, votes.label(), score, box, seen, firstTime, votes.riders(), scenery);
  }
}
