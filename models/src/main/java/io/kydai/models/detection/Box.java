package io.kydai.models.detection;

/**
 * A rectangle in normalised picture coordinates: 0..1 from left to right and from top to bottom. It
 * may reach beyond the picture's edge (a tracker's prediction does), so it is not clipped here.
 */
public record Box(float left, float top, float right, float bottom) {

  public float width() {
    return right - left;
  }

  public float height() {
    return bottom - top;
  }

  public float area() {
    return Math.max(0, width()) * Math.max(0, height());
  }

  /** Intersection over union: 0 for boxes apart, 1 for equal ones. */
  public float iou(Box other) {
    float w = Math.min(right, other.right) - Math.max(left, other.left);
    float h = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    if (w <= 0 || h <= 0) {
      return 0;
    }
    float intersection = w * h;
    return intersection / (area() + other.area() - intersection);
  }
}
