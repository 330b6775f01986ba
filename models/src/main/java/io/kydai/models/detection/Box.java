package io.kydai.models.detection;

/**
 * A rectangle in normalised picture coordinates: 0..1 from left to right and from top to bottom. A
 * box is not clipped to the picture, because a tracker's prediction may reach beyond its edge.
 *
 * @param left the left edge, as a fraction of the picture's width
 * @param top the upper edge, as a fraction of the picture's height
 * @param right the right edge, as a fraction of the picture's width
 * @param bottom the lower edge, as a fraction of the picture's height
 */
public record Box(float left, float top, float right, float bottom) {

  /** Returns the width as a fraction of the picture's width; negative when right is below left. */
  public float width() {
    return right - left;
  }

  /** Returns the height as a fraction of the picture's height. */
  public float height() {
    return bottom - top;
  }

  /** Returns the area as a fraction of the picture's; 0 for a box of negative width or height. */
  public float area() {
    return Math.max(0, width()) * Math.max(0, height());
  }

  /** Returns the intersection over union with another box: 0 when disjoint, 1 when equal. */
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
