package io.kydai.models.detection;

import java.util.Locale;

/** The number format in which a network that is delivered with the product computes. */
public enum Precision {
  /** The fastest one of the device: {@link #INT8} on a CPU, {@link #FP32} on a graphics card. */
  AUTO,
  /** 8-bit integers with a file that was quantised in advance, on a CPU only. */
  INT8,
  /** 32-bit floating point (IEEE 754 single precision). */
  FP32;

  /** Returns the name as used in the configuration and in model names, such as {@code int8}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
