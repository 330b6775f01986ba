package io.kydai.models.plates;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the bounding boxes of texts in a map of text probabilities (Liao et al., "Real-time Scene
 * Text Detection with Differentiable Binarization", AAAI 2020). The network is trained on shrunk
 * text regions, so that neighbouring texts stay separate; each connected component above the
 * threshold is one text, whose box is enlarged by a distance proportional to its area over its
 * perimeter. Unlike in the paper, boxes are axis-aligned, which suits plates that are seen from the
 * front or the back.
 *
 * <p>At most {@value #MAX_AREAS} boxes are returned, the largest ones.
 */
final class TextAreas {
  static final int MAX_AREAS = 16;

  private static final float THRESHOLD = 0.3f;
  private static final float MIN_MEAN = 0.5f;
  private static final double GROWTH = 1.6;
  private static final int MIN_SIDE = 3;

  private TextAreas() {}

  /** An axis-aligned box in pixels of the map; right and bottom are exclusive. */
  record Area(int left, int top, int right, int bottom) {
    int width() {
      return right - left;
    }

    int height() {
      return bottom - top;
    }
  }

  /**
   * Returns the boxes of the texts, by descending area.
   *
   * @param map {@code width × height} probabilities, 0..1
   */
  static List<Area> of(float[] map, int width, int height) {
    List<Area> areas = new ArrayList<>();
    boolean[] visited = new boolean[map.length];
    int[] queue = new int[map.length];
    for (int start = 0; start < map.length; start++) {
      if (visited[start] || map[start] < THRESHOLD) {
        continue;
      }
      int count = 0;
      int size = 0;
      int left = width;
      int top = height;
      int right = 0;
      int bottom = 0;
      double sum = 0;
      visited[start] = true;
      queue[count++] = start;
      while (size < count) {
        int at = queue[size++];
        int x = at % width;
        int y = at / width;
        sum += map[at];
        left = Math.min(left, x);
        right = Math.max(right, x + 1);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y + 1);
        count = join(map, visited, queue, count, at - 1, x > 0);
        count = join(map, visited, queue, count, at + 1, x < width - 1);
        count = join(map, visited, queue, count, at - width, y > 0);
        count = join(map, visited, queue, count, at + width, y < height - 1);
      }
      if (right - left >= MIN_SIDE && bottom - top >= MIN_SIDE && sum / size >= MIN_MEAN) {
        areas.add(grown(left, top, right, bottom, width, height));
      }
    }
    areas.sort(Comparator.comparingInt(area -> -area.width() * area.height()));
    return List.copyOf(areas.subList(0, Math.min(MAX_AREAS, areas.size())));
  }

  private static int join(
      float[] map, boolean[] visited, int[] queue, int count, int at, boolean inside) {
    if (!inside || visited[at] || map[at] < THRESHOLD) {
      return count;
    }
    visited[at] = true;
    queue[count] = at;
    return count + 1;
  }

  private static Area grown(int left, int top, int right, int bottom, int width, int height) {
    double area = (double) (right - left) * (bottom - top);
    int by = (int) Math.round(area * GROWTH / (2.0 * (right - left + bottom - top)));
    return new Area(
        Math.max(0, left - by),
        Math.max(0, top - by),
        Math.min(width, right + by),
        Math.min(height, bottom + by));
  }
}
