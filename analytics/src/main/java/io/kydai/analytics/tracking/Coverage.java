package io.kydai.analytics.tracking;

/**
 * Where on a frame somebody looked so closely that an object would have been seen. What stands
 * elsewhere was not missed.
 */
@FunctionalInterface
public interface Coverage {
  /** At the whole frame. */
  Coverage EVERYWHERE = (left, top, width, height) -> true;

  /** Returns whether an object in that box, in square pixels of the frame, would have been seen. */
  boolean at(double left, double top, double width, double height);
}
