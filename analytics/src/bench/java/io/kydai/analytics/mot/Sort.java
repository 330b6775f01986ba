package io.kydai.analytics.mot;

import io.kydai.analytics.observation.Track;
import io.kydai.analytics.tracking.Assignment;
import io.kydai.analytics.tracking.Tracker;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.util.ArrayList;
import java.util.List;

/**
 * SORT (Bewley et al., ICIP 2016), as published and with its authors' constants: the reference that
 * our tracker is measured against. Time is a frame count, whatever the media time says; all
 * detections are taken whatever their score.
 *
 * <p>The state is centre, area and aspect ratio, with velocities of the first three. All noise
 * matrices are diagonal, so the filter falls apart into three of 2×2 and one of 1×1.
 */
public final class Sort implements Tracker {
  private static final double LEAST_OVERLAP = 0.3;
  private static final int MAX_AGE = 1;
  private static final int MIN_HITS = 3;

  private final List<Filter> filters = new ArrayList<>();
  private int frames;
  private long lastId;

  @Override
  public List<Track> update(List<Detection> detections, long mediaTime, int width, int height) {
    frames++;
    filters.forEach(Filter::predict);
    filters.removeIf(filter -> !Double.isFinite(filter.state[0] + filter.height()));
    double[] cost = new double[filters.size() * detections.size()];
    for (int i = 0; i < cost.length; i++) {
      Filter filter = filters.get(i / detections.size());
      cost[i] = -filter.iou(detections.get(i % detections.size()).box(), width, height);
    }
    int[] match = new int[filters.size()];
    new Assignment().solve(cost, filters.size(), detections.size(), 0, match);
    boolean[] taken = new boolean[detections.size()];
    for (int r = 0; r < match.length; r++) {
      if (match[r] >= 0 && cost[r * detections.size() + match[r]] <= -LEAST_OVERLAP) {
        taken[match[r]] = true;
        filters.get(r).update(detections.get(match[r]), width, height);
      }
    }
    for (int d = 0; d < taken.length; d++) {
      if (!taken[d]) {
        filters.add(new Filter(++lastId, detections.get(d), mediaTime, width, height));
      }
    }
    List<Track> shown = new ArrayList<>();
    for (Filter filter : filters) {
      if (filter.missed == 0 && (filter.streak >= MIN_HITS || frames <= MIN_HITS)) {
        shown.add(filter.track(width, height));
      }
    }
    filters.removeIf(filter -> filter.missed > MAX_AGE);
    return shown;
  }

  private static final class Filter {
    private final long id;
    private final long since;
    private final double[] state = new double[4]; // centre x, centre y, area, width / height
    private final double[] speed = new double[3];
    private final double[] variance = {10, 10, 10, 10};
    private final double[] speedVariance = {1e4, 1e4, 1e4};
    private final double[] covariance = new double[3];
    private String label;
    private float score;
    private int missed;
    private int streak;

    Filter(long id, Detection detection, long mediaTime, int width, int height) {
      this.id = id;
      since = mediaTime;
      double[] measured = measure(detection, width, height);
      System.arraycopy(measured, 0, state, 0, 4);
    }

    private double[] measure(Detection detection, int width, int height) {
      Box box = detection.box();
      double w = box.width() * (double) width;
      double h = box.height() * (double) height;
      label = detection.label();
      score = detection.score();
      return new double[] {box.left() * width + w / 2, box.top() * height + h / 2, w * h, w / h};
    }

    void predict() {
      if (speed[2] + state[2] <= 0) {
        speed[2] = 0;
      }
      for (int i = 0; i < 3; i++) {
        state[i] += speed[i];
        variance[i] += 2 * covariance[i] + speedVariance[i] + 1;
        covariance[i] += speedVariance[i];
        speedVariance[i] += i == 2 ? 1e-4 : 1e-2;
      }
      variance[3] += 1;
      if (missed > 0) {
        streak = 0;
      }
      missed++;
    }

    void update(Detection detection, int width, int height) {
      double[] measured = measure(detection, width, height);
      for (int i = 0; i < 4; i++) {
        double gain = variance[i] / (variance[i] + (i < 2 ? 1 : 10));
        double error = measured[i] - state[i];
        if (i < 3) {
          double speedGain = covariance[i] / (variance[i] + (i < 2 ? 1 : 10));
          speed[i] += speedGain * error;
          speedVariance[i] -= speedGain * covariance[i];
          covariance[i] *= 1 - gain;
        }
        state[i] += gain * error;
        variance[i] *= 1 - gain;
      }
      missed = 0;
      streak++;
    }

    double width() {
      return Math.sqrt(state[2] * state[3]);
    }

    double height() {
      return state[2] / width();
    }

    private Box box(int width, int height) {
      return new Box(
          (float) ((state[0] - width() / 2) / width),
          (float) ((state[1] - height() / 2) / height),
          (float) ((state[0] + width() / 2) / width),
          (float) ((state[1] + height() / 2) / height));
    }

    double iou(Box box, int width, int height) {
      return box(width, height).iou(box);
    }

    Track track(int width, int height) {
      return new Track(id, label, score, box(width, height), true, since);
    }
  }
}
