package io.kydai.analytics.motion;

import java.time.Instant;

/**
 * A decoded picture without its samples: when it was taken, its size, and what moves on it. It is
 * what is left of a picture that is not looked at. Immutable.
 *
 * @param mediaTime 1/90000 s
 * @param wallClock when it was taken
 * @param width of the picture as it is shown, in square pixels
 * @param height of the picture as it is shown, in square pixels
 * @param field the motion that its stream declares
 * @param map where its brightness has changed
 */
public record PictureMotion(
    long mediaTime, Instant wallClock, int width, int height, MotionField field, MotionMap map) {
  /** Returns the same without what its stream declares. */
  public PictureMotion withoutField() {
    return new PictureMotion(mediaTime, wallClock, width, height, MotionField.NONE, map);
  }
}
