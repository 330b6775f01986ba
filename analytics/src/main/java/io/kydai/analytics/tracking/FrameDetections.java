package io.kydai.analytics.tracking;

import io.kydai.models.detection.Detection;
import java.util.List;

/**
 * The detections of one frame that the tracker looks at, in pixels: the best first, as the network
 * scored them, each object under one name and without boxes around two ({@link SpanningBoxes}). The
 * arrays grow to the fullest frame seen, at most to {@value #MOST} detections; those of the lowest
 * scores are not looked at beyond that.
 */
final class FrameDetections {
  static final int MOST = 300;

  // Two boxes of one group that overlap more are one object under two names.
  private static final double SAME_OVERLAP = 0.75;
  // What a vehicle's other names add to its score, from a score that is no guess.
  private static final double VOTE = 0.5;
  private static final double VOTE_FROM = 0.3;

  private int size;
  private int[] order = new int[0];
  double[] left = new double[0];
  double[] top = new double[0];
  double[] width = new double[0];
  double[] height = new double[0];
  float[] score = new float[0];
  ObjectClass[] kind = new ObjectClass[0];

  /** Given to a track, or a part of another detection. */
  boolean[] taken = new boolean[0];

  /** The machine's own box where riders were joined to it: {@link Riders}. */
  int[] riders = new int[0];

  double[] parts = new double[0];

  int size() {
    return size;
  }

  /**
   * Takes the next frame's.
   *
   * <p>A vehicle that the network calls a truck, a car and a bus at once is surely a vehicle: half
   * of the score of each further name is added to that of the best, as far as {@code vehicleStart}.
   * So names together may begin a track and support it, and no more: with scores from {@link
   * TrackerSettings#highScore} on, doubles of half-hidden cars became objects.
   *
   * @param lowest detections with a lower score are not taken
   * @param vehicleStart the score with which a vehicle begins a track
   * @param width of the picture, pixels
   * @param height of the picture, pixels
   */
  void fill(
      List<Detection> detections,
      ObjectClass.Known kinds,
      float lowest,
      float vehicleStart,
      int width,
      int height) {
    ensure(Math.min(detections.size(), MOST) + 1);
    int chosen = choose(detections, lowest);
    size = 0;
    for (int i = 0; i < chosen; i++) {
      Detection detection = detections.get(order[i]);
      add(
          vehicleStart,
          kinds.of(detection.label()),
          detection.score(),
          detection.box().left() * (double) width,
          detection.box().top() * (double) height,
          detection.box().width() * (double) width,
          detection.box().height() * (double) height);
    }
  }

  /** Indexes of the best, best first; of equal ones that which came first. */
  private int choose(List<Detection> detections, float lowest) {
    int chosen = 0;
    for (int i = 0; i < detections.size(); i++) {
      float next = detections.get(i).score();
      if (!(next >= lowest)) {
        continue; // also a score that is no number
      }
      int at = chosen;
      while (at > 0 && detections.get(order[at - 1]).score() < next) {
        if (at < MOST) {
          order[at] = order[at - 1];
        }
        at--;
      }
      if (at < MOST) {
        order[at] = i;
        chosen = Math.min(MOST, chosen + 1);
      }
    }
    return chosen;
  }

  private void add(
      float vehicleStart, ObjectClass kind, float score, double x, double y, double w, double h) {
    if (!(w > 0 && h > 0 && Double.isFinite(x + y + w + h))) {
      return;
    }
    for (int i = 0; i < size; i++) {
      if (this.kind[i].group.equals(kind.group)
          && this.kind[i] != kind
          && Overlap.of(left[i], top[i], width[i], height[i], x, y, w, h) > SAME_OVERLAP) {
        if (kind.vehicle && this.score[i] >= VOTE_FROM && this.score[i] < vehicleStart) {
          this.score[i] = Math.min(vehicleStart, (float) (this.score[i] + VOTE * score));
        }
        return;
      }
    }
    if (SpanningBoxes.spans(this, kind, x, y, w, h)) {
      return;
    }
    left[size] = x;
    top[size] = y;
    width[size] = w;
    height[size] = h;
    this.score[size] = score;
    this.kind[size] = kind;
    taken[size] = false;
    riders[size] = 0;
    size++;
  }

  double area(int i) {
    return width[i] * height[i];
  }

  /** Area that a detection has in common with a box, square pixels. */
  double shared(int i, double x, double y, double w, double h) {
    double common = Math.min(left[i] + width[i], x + w) - Math.max(left[i], x);
    double tall = Math.min(top[i] + height[i], y + h) - Math.max(top[i], y);
    return common > 0 && tall > 0 ? common * tall : 0;
  }

  double cx(int i) {
    return left[i] + width[i] / 2;
  }

  double cy(int i) {
    return top[i] + height[i] / 2;
  }

  private void ensure(int needed) {
    if (order.length < needed) {
      int length = Math.min(MOST + 1, 2 * needed);
      order = new int[length];
      left = new double[length];
      top = new double[length];
      width = new double[length];
      height = new double[length];
      score = new float[length];
      kind = new ObjectClass[length];
      taken = new boolean[length];
      riders = new int[length];
      parts = new double[8 * length];
    }
  }
}
