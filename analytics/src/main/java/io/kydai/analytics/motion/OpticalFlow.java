package io.kydai.analytics.motion;

import io.kydai.analytics.observation.Frame;
import io.kydai.ingest.media.MediaTime;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Measures the motion between a camera's pictures on a small grey one of at most 160 samples'
 * width, where the stream declares none: the same as motion vectors, but coarser. Pictures that
 * follow each other faster than {@value #APART_MILLIS} ms are passed over, and the next one has the
 * motion of the whole time. One thread at a time.
 *
 * <p>Bound: as {@link PatchFlow}, some 400 kB.
 */
public final class OpticalFlow {
  static final int APART_MILLIS = 75;

  private static final long APART = MediaTime.ticksOfMillis(APART_MILLIS);
  private static final long LONGEST = MediaTime.ticksOfMillis(500);
  private static final int STEP = 4;
  private static final int MARGIN = (PatchFlow.PATCH - STEP) / 2;
  private static final int PIXELS = 4; // of the field, in a sample

  private Grey grey = new Grey(1, 1);
  private @Nullable PatchFlow flow;
  private long last;

  /** Forgets the picture before: the next one has no motion. */
  public void restart() {
    flow = null;
  }

  /**
   * Returns the next picture's motion: {@link MotionField#NONE} of the first one and where pictures
   * are more than half a second apart, and of formats without a plane of 8-bit brightness.
   */
  public MotionField of(Frame frame) {
    AVFrame picture = frame.picture();
    if (!Grey.readable(picture)) {
      flow = null;
      return MotionField.NONE;
    }
    long passed = frame.mediaTime() - last;
    PatchFlow known = grey.fits(picture) && passed > 0 && passed <= LONGEST ? flow : null;
    if (known == null) {
      begin(picture);
      last = frame.mediaTime();
      return MotionField.NONE;
    }
    if (passed < APART) {
      return MotionField.PASSED_OVER;
    }
    known.compare(grey.read(picture));
    known.advance();
    last = frame.mediaTime();
    return field(known);
  }

  private void begin(AVFrame picture) {
    if (!grey.fits(picture)) {
      grey = new Grey(picture.width(), picture.height());
      flow = null;
    }
    if (Math.min(grey.columns(), grey.rows()) > PatchFlow.PATCH) {
      if (flow == null) {
        flow = new PatchFlow(grey.columns(), grey.rows(), STEP);
      }
      flow.reference(grey.read(picture));
    }
  }

  private MotionField field(PatchFlow found) {
    MotionField.Builder field =
        new MotionField.Builder(PIXELS * grey.columns(), PIXELS * grey.rows(), false);
    for (int row = 0; row < found.down(); row++) {
      for (int column = 0; column < found.across(); column++) {
        if (found.known(column, row)) {
          field.add(
              PIXELS * (column * STEP + MARGIN),
              PIXELS * (row * STEP + MARGIN),
              PIXELS * STEP,
              PIXELS * STEP,
              Math.round(found.dx(column, row) * PIXELS * MotionField.PARTS),
              Math.round(found.dy(column, row) * PIXELS * MotionField.PARTS));
        }
      }
    }
    return field.build();
  }
}
