package io.kydai.models.onnx;

/**
 * Greedy non-maximum suppression within each class: of boxes of one class whose intersection over
 * union exceeds {@value #MAX_OVERLAP}, the one with the highest score is kept. At most {@value
 * #MAX_KEPT} boxes are kept; the others, whose scores are lower, are dropped. An instance is used
 * by one thread and reused for each picture.
 */
final class Suppression {
  static final float MAX_OVERLAP = 0.6f;
  static final int MAX_KEPT = 100;

  private final float[] kept = new float[4 * MAX_KEPT];
  private final int[] labels = new int[MAX_KEPT];
  private int size;

  void clear() {
    size = 0;
  }

  boolean full() {
    return size == MAX_KEPT;
  }

  /**
   * Keeps a box unless it overlaps a kept one. Boxes must be offered by descending score, and never
   * when {@link #full()}.
   *
   * @param box left, top, right, bottom in pixels of the input
   * @return whether the box was kept
   */
  boolean keep(float[] box, int label) {
    float area = (box[2] - box[0]) * (box[3] - box[1]);
    for (int i = 0, k = 0; i < size; i++, k += 4) {
      if (labels[i] == label && overlap(box, area, k) > MAX_OVERLAP) {
        return false;
      }
    }
    System.arraycopy(box, 0, kept, 4 * size, 4);
    labels[size++] = label;
    return true;
  }

  private float overlap(float[] box, float area, int k) {
    float width = Math.min(box[2], kept[k + 2]) - Math.max(box[0], kept[k]);
    float height = Math.min(box[3], kept[k + 3]) - Math.max(box[1], kept[k + 1]);
    if (width <= 0 || height <= 0) {
      return 0;
    }
    float intersection = width * height;
    float other = (kept[k + 2] - kept[k]) * (kept[k + 3] - kept[k + 1]);
    return intersection / (area + other - intersection);
  }
}
