package io.kydai.models.onnx;

/**
 * Greedy non-maximum suppression, class by class: of boxes of one class that overlap by more than
 * {@value #MAX_OVERLAP} (intersection over union) the best-scored stays. At most {@value #MAX_KEPT}
 * stay; the rest, which score lower, are dropped. One thread's, reused.
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

  /** Whether a box stays; boxes are offered best first, and never when {@link #full()}. */
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
