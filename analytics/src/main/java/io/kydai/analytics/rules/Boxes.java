package io.kydai.analytics.rules;

import io.kydai.models.Box;

/** Whether a box that is found may be an object that was lost. */
final class Boxes {
  private Boxes() {}

  /** Less than a box's width and half a height apart, and of much the same size. */
  static boolean near(Box lost, Box found) {
    float dx = Math.abs(lost.left() + lost.right() - found.left() - found.right()) / 2;
    float dy = Math.abs(lost.bottom() - found.bottom());
    float ratio = found.height() / lost.height();
    return dx <= lost.width() && dy <= lost.height() / 2 && ratio > 0.6f && ratio < 1.6f;
  }
}
