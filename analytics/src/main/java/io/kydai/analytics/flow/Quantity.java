package io.kydai.analytics.flow;

/** What a heat map shows. */
public enum Quantity {
  /** How much passes: lengths of a path across a cell, some one a track. */
  PASSES,
  /** How long objects stand, in seconds. */
  STANDING
}
