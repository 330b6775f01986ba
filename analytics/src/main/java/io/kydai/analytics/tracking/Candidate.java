package io.kydai.analytics.tracking;

import io.kydai.analytics.Track;
import io.kydai.models.Box;
import io.kydai.models.Detection;

/** A track from its first detection until it is forgotten: what {@link ByteTracker} knows of it. */
final class Candidate {
  /** Classes that one track votes on; the votes for others beyond these are not counted. */
  private static final int MAX_LABELS = 6;

  final String group;
  final Motion motion;
  final long firstTime;
  long id;
  long lastSeen;
  long lastSure;
  int hits;
  float score;
  private final String[] labels = new String[MAX_LABELS];
  private final double[] votes = new double[MAX_LABELS];

  Candidate(Detection detection, String group, Motion motion, long mediaTime) {
    this.group = group;
    this.motion = motion;
    this.firstTime = mediaTime;
    this.lastSure = mediaTime;
    supported(detection, mediaTime);
  }

  void supported(Detection detection, long mediaTime) {
    hits++;
    lastSeen = mediaTime;
    score = detection.score();
    for (int i = 0; i < MAX_LABELS; i++) {
      if (labels[i] == null || labels[i].equals(detection.label())) {
        labels[i] = detection.label();
        votes[i] += detection.score();
        return;
      }
    }
  }

  boolean confirmed() {
    return id != 0;
  }

  String label() {
    int best = 0;
    for (int i = 1; i < MAX_LABELS && labels[i] != null; i++) {
      if (votes[i] > votes[best]) {
        best = i;
      }
    }
    return labels[best];
  }

  Track track(boolean seen, int width, int height) {
    float left = (float) (motion.left() / width);
    float top = (float) (motion.top() / height);
    Box box =
        new Box(
            left,
            top,
            left + (float) (motion.width() / width),
            top + (float) (motion.height() / height));
    return new Track(id, label(), score, box, seen, firstTime);
  }
}
