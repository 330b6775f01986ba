package io.kydai.analytics.tracking;

import io.kydai.models.detection.Detection;
import java.util.List;

/**
 * The detections of one frame that the tracker looks at, the best first, in pixels. The arrays grow
 * to the fullest frame seen, at most to {@value #MOST} detections; those of the lowest scores are
 * not looked at beyond that.
 */
final class FrameDetections {
  static final int MOST = 300;

  // Two boxes of one group that overlap more are one object under two names.
  private static final double SAME_OVERLAP = 0.75;

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

  /** Takes the next frame's. */
  void fill(
      List<Detection> detections, ObjectClass.Known kinds, float lowest, int width, int height) {
    ensure(Math.min(detections.size(), MOST) + 1);
    int chosen = choose(detections, lowest);
    size = 0;
    for (int i = 0; i < chosen; i++) {
      Detection detection = detections.get(order[i]);
      add(
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

  private void add(ObjectClass kind, float score, double x, double y, double w, double h) {
    if (!(w > 0 && h > 0 && Double.isFinite(x + y + w + h))) {
      return;
    }
    for (int i = 0; i < size; i++) {
      if (this.kind[i].group.equals(kind.group)
          && this.kind[i] != kind
          && Overlap.of(left[i], top[i], width[i], height[i], x, y, w, h) > SAME_OVERLAP) {
        return;
      }
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
