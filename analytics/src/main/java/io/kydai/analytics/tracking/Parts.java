package io.kydai.analytics.tracking;

/**
 * Where in a road user's box its riders and its machine are, learnt from the frames on which both
 * were seen: when only one of them is, the whole can be derived from it, and neither its centre nor
 * the place where it stands jumps.
 */
final class Parts {
  private static final int KNOWN = 2; // frames
  private static final double LATEST = 0.3; // weight of the newest frame

  // Riders then machine: left, top, width, height as shares of the whole.
  private final double[] share = new double[8];
  private int seen;

  void clear() {
    seen = 0;
  }

  boolean known() {
    return seen >= KNOWN;
  }

  void learn(FrameDetections from, int d) {
    double weight = Math.max(LATEST, 1.0 / ++seen);
    for (int part = 0; part < 8; part += 4) {
      int at = 8 * d + part;
      blend(part, (from.parts[at] - from.left[d]) / from.width[d], weight);
      blend(part + 1, (from.parts[at + 1] - from.top[d]) / from.height[d], weight);
      blend(part + 2, from.parts[at + 2] / from.width[d], weight);
      blend(part + 3, from.parts[at + 3] / from.height[d], weight);
    }
  }

  private void blend(int i, double next, double weight) {
    share[i] += weight * (next - share[i]);
  }

  /**
   * The whole of which a detection is a part, where it fits the track better so.
   *
   * @param whole receives left, top, width and height; the detection's own where it is the whole
   * @return the overlap with the track's predicted box
   */
  double complete(Motion track, FrameDetections from, int d, double widen, double[] whole) {
    whole[0] = from.left[d];
    whole[1] = from.top[d];
    whole[2] = from.width[d];
    whole[3] = from.height[d];
    double overlap = Overlap.widened(track, whole[0], whole[1], whole[2], whole[3], widen);
    if (from.riders[d] > 0) {
      return known() ? overlap : Math.max(overlap, overlapOfParts(track, from, d, widen));
    }
    if (!known()) {
      return overlap;
    }
    int part = from.kind[d].person ? 0 : 4;
    double w = from.width[d] / share[part + 2];
    double h = from.height[d] / share[part + 3];
    double x = from.left[d] - share[part] * w;
    double y = from.top[d] - share[part + 1] * h;
    double asPart = Overlap.widened(track, x, y, w, h, widen);
    if (asPart > overlap) {
      whole[0] = x;
      whole[1] = y;
      whole[2] = w;
      whole[3] = h;
      return asPart;
    }
    return overlap;
  }

  /** A track that has known only one of both so far goes on with the whole. */
  private static double overlapOfParts(Motion track, FrameDetections from, int d, double widen) {
    double most = 0;
    for (int at = 8 * d; at < 8 * d + 8; at += 4) {
      double[] part = from.parts;
      most =
          Math.max(
              most,
              Overlap.widened(track, part[at], part[at + 1], part[at + 2], part[at + 3], widen));
    }
    return most;
  }
}
