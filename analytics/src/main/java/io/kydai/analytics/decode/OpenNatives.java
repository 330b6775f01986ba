package io.kydai.analytics.decode;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much native memory is owned at present, over the whole process: all zero once everything was
 * closed.
 */
public final class OpenNatives {
  static final AtomicInteger FRAMES = new AtomicInteger();
  static final AtomicInteger DECODERS = new AtomicInteger();
  static final AtomicInteger SCALERS = new AtomicInteger();

  private OpenNatives() {}

  /** Frames with pixels that are not closed yet. */
  public static int frames() {
    return FRAMES.get();
  }

  /** Decoders that are not closed yet. */
  public static int decoders() {
    return DECODERS.get();
  }

  /** Scalers that are not closed yet. */
  public static int scalers() {
    return SCALERS.get();
  }
}
