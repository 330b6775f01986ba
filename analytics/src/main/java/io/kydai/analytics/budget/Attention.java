package io.kydai.analytics.budget;

import java.util.OptionalDouble;

/**
 * How closely an operator wants a camera to be looked at.
 *
 * @param priority the camera's weight beside others, 1 to 10
 * @param idleFps frames per second while nothing moves, in place of the node's; infinity: as many
 *     as ever
 */
public record Attention(double priority, OptionalDouble idleFps) {
  public static final double LOW = 1;
  public static final double NORMAL = 3;
  public static final double HIGH = 10;

  /** As much as any other camera, and the node's idle rate. */
  public static final Attention DEFAULT = new Attention(NORMAL, OptionalDouble.empty());

  public Attention {
    if (!(priority >= LOW && priority <= HIGH)) {
      throw new IllegalArgumentException("a priority from 1 to 10 is needed, not " + priority);
    }
    if (idleFps.isPresent() && !(idleFps.getAsDouble() > 0)) {
      throw new IllegalArgumentException("an idle rate above 0 is needed, not " + idleFps);
    }
  }
}
