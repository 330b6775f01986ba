package io.kydai.analytics.rules.lifecycle;

import io.kydai.models.detection.Box;

/** Relations of two boxes in coordinates of 0..1 of the picture. */
public final class Boxes {
  private Boxes() {}

  /**
   * Returns whether a box that is found may be one that was lost: less than a box's width and half
   * a height apart, and of much the same size.
   */
  public static boolean near(Box lost, Box found) {
    return near(lost, found, 1);
  }

  /** The same for so many of the box's widths apart. */
  public static boolean near(Box lost, Box found, float widths) {
    float dx = Math.abs(lost.left() + lost.right() - found.left() - found.right()) / 2;
    float dy = Math.abs(lost.bottom() - found.bottom());
    float ratio = found.height() / lost.height();
    return dx <= widths * lost.width() && dy <= lost.height() / 2 && ratio > 0.6f && ratio < 1.6f;
  }

  /** The area that two boxes have in common. */
  public static float shared(Box one, Box other) {
    float width = Math.min(one.right(), other.right()) - Math.max(one.left(), other.left());
    float height = Math.min(one.bottom(), other.bottom()) - Math.max(one.top(), other.top());
    return Math.max(0, width) * Math.max(0, height);
  }
}
