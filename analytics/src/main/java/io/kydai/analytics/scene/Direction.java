package io.kydai.analytics.scene;

/** Which way a line is crossed. */
public enum Direction {
  /** From its left-hand side to its right-hand side, looking from {@code from} to {@code to}. */
  FORWARD,
  BACKWARD
}
