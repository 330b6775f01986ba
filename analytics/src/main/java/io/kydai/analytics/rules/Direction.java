package io.kydai.analytics.rules;

/** Which way a line is crossed. */
enum Direction {
  /** From its left-hand side to its right-hand side, looking from {@code from} to {@code to}. */
  FORWARD,
  BACKWARD
}
