package io.kydai.analytics.decode;

import io.kydai.analytics.motion.MotionField;
import io.kydai.analytics.motion.OpticalFlow;
import io.kydai.ingest.media.MediaTime;

/**
 * The motion between a camera's pictures: what the stream declares ({@link MotionVectors}) or, of a
 * stream that has declared none for {@value #WITHOUT_SECONDS} s (H.265, motion JPEG, H.264 without
 * inter-predicted pictures), what {@link OpticalFlow} measures. A single intra picture of a stream
 * with vectors has none. One thread at a time.
 */
public final class StreamMotion {
  static final int WITHOUT_SECONDS = 2;

  private static final long WITHOUT = MediaTime.ticksOfSeconds(WITHOUT_SECONDS);

  private final OpticalFlow flow = new OpticalFlow();
  private long lastDeclared = Long.MIN_VALUE / 2;

  /** Returns the motion of the next picture, in the order in which they are shown. */
  public MotionField of(DecodedFrame frame) {
    MotionField declared = MotionVectors.of(frame.picture());
    if (!declared.isEmpty()) {
      lastDeclared = frame.mediaTime();
      flow.restart();
      return declared;
    }
    boolean declares = Math.abs(frame.mediaTime() - lastDeclared) < WITHOUT;
    return declares ? MotionField.NONE : flow.of(frame);
  }

  /** Forgets the picture before: the next one's motion since then is not of use. */
  public void restart() {
    flow.restart();
  }
}
