package io.kydai.analytics.motion;

import io.kydai.models.detection.Box;

/**
 * How far a camera's view is on one picture from where it usually is. Immutable.
 *
 * @param right share of the picture's width; what is usually in the middle is so far to the right
 * @param down share of the picture's height
 */
public record ViewDisplacement(double right, double down) {
  /** The view is where it usually is. */
  public static final ViewDisplacement NONE = new ViewDisplacement(0, 0);

  /** Returns whether the view is exactly where it usually is. */
  public boolean isNone() {
    return right == 0 && down == 0;
  }

  /** Returns where a box of this picture lies in the usual view. */
  public Box toUsual(Box box) {
    return moved(box, -right, -down);
  }

  /** Returns where a box of the usual view lies on this picture. */
  public Box toPicture(Box box) {
    return moved(box, right, down);
  }

  private static Box moved(Box box, double right, double down) {
    return new Box(
        (float) (box.left() + right),
        (float) (box.top() + down),
        (float) (box.right() + right),
        (float) (box.bottom() + down));
  }
}
