package io.kydai.analytics.budget;

import org.jspecify.annotations.Nullable;

/**
 * How closely an operator wants a camera to be looked at.
 *
 * @param priority the camera's weight beside others, 1 to 10
 * @param idleFps frames per second while nothing moves, in place of the node's; infinity: as many
 *     as ever; null: the node's
 */
public record Attention(double priority, @Nullable Double idleFps) {
  public static final double LOW = 1;
  public static final double NORMAL = 3;
  public static final double HIGH = 10;

  /** As much as any other camera, and the node's idle rate. */
  public static final Attention DEFAULT = new Attention(NORMAL, null);

  public Attention {
    if (!(priority >= LOW && priority <= HIGH)) {
      throw new IllegalArgumentException("a priority from 1 to 10 is needed, not " + priority);
    }
    if (idleFps != null && !(idleFps > 0)) {
      throw new IllegalArgumentException("an idle rate above 0 is needed, not " + idleFps);
    }
  }
}
