package io.kydai.models.detection;

import java.util.Locale;

/** The arithmetic that a shipped network is to run in. */
public enum Precision {
  /** What is fastest on the device: {@link #INT8} on processors, {@link #FP32} on a card. */
  AUTO,
  /** Integers of 8 bits, from a file that was quantised beforehand; on processors only. */
  INT8,
  /** Single precision. */
  FP32;

  /** The name as the configuration and a model's name have it, such as {@code int8}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
