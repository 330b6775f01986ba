package io.kydai.analytics.motion;

import io.kydai.analytics.observation.Frame;
import io.kydai.ingest.media.MediaTime;
import java.util.Arrays;
import java.util.BitSet;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/**
 * Tells where something moves on a camera's pictures, for some 0.3 ms of a processor a picture at
 * most. Not thread-safe.
 *
 * <p>Each sample of a small grey picture has a running mean and a running mean deviation, and moves
 * when it is further from its mean than a multiple of that deviation: so a noisy picture needs a
 * larger difference than a clean one. (The idea of a mean and a deviation for each pixel is that of
 * Wren et al., "Pfinder", PAMI 19(7), 1997.) What is brighter everywhere, as when a camera changes
 * its exposure, is taken off first; slower changes flow into the mean, within a second or two, and
 * so does what has come to a stop. What moves at one place for some fifteen seconds without a
 * pause, as foliage does, raises the deviation there, up to a bound. A cell moves when two of its
 * samples do.
 *
 * <p>Where nothing can be compared, everything counts as moving: on the first picture, when the
 * size changes or media time steps back, and in pixel formats without a plane of 8-bit brightness.
 *
 * <p>Bound: the model holds at most 160×160 samples of 8 bytes.
 */
public final class MotionMeter {
  private static final int SAMPLES_IN_CELL = 3; // in each direction
  private static final int OFFSET_STEP = 5; // one sample in so many measures the change of light
  private static final double MEAN_SECONDS = 1;
  private static final double NOISE_SECONDS = 8;
  private static final double UNREST_SECONDS = 15;
  private static final float FIRST_NOISE = 1.6f * Grey.TAPS;
  private static final float NOISES = 5;
  private static final float MIN_STEP = 6 * Grey.TAPS;
  private static final float MAX_STEP = 24 * Grey.TAPS;

  private Grey grey = new Grey(1, 1);
  private float[] mean = {};
  private float[] noise = {};
  private int[] offsets = {};
  private byte[] movedInCell = {};
  private int cellColumns = 1;
  private int cellRows = 1;
  private long lastMediaTime;

  /** Where the next picture moves; media times must rise. */
  public MotionMap observe(Frame frame) {
    AVFrame picture = frame.picture();
    if (!Grey.readable(picture)) {
      mean = new float[0];
      return MotionMap.unknown(1, 1);
    }
    boolean comparable = mean.length > 0 && grey.fits(picture) && frame.mediaTime() > lastMediaTime;
    double seconds = MediaTime.seconds(frame.mediaTime() - lastMediaTime);
    lastMediaTime = frame.mediaTime();
    if (comparable) {
      return compare(grey.read(picture), seconds);
    }
    begin(picture);
    return MotionMap.unknown(cellColumns, cellRows);
  }

  private void begin(AVFrame picture) {
    grey = new Grey(picture.width(), picture.height());
    int[] samples = grey.read(picture);
    mean = new float[samples.length];
    noise = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      mean[i] = samples[i];
    }
    Arrays.fill(noise, FIRST_NOISE);
    offsets = new int[2 * 255 * Grey.TAPS + 1];
    cellColumns = (grey.columns() + SAMPLES_IN_CELL - 1) / SAMPLES_IN_CELL;
    cellRows = (grey.rows() + SAMPLES_IN_CELL - 1) / SAMPLES_IN_CELL;
    movedInCell = new byte[cellColumns * cellRows];
  }

  private MotionMap compare(int[] samples, double seconds) {
    float offset = offset(samples);
    float toMean = weight(seconds, MEAN_SECONDS);
    float toNoise = weight(seconds, NOISE_SECONDS);
    float toUnrest = weight(seconds, UNREST_SECONDS);
    Arrays.fill(movedInCell, (byte) 0);
    int i = 0;
    for (int y = 0; y < grey.rows(); y++) {
      int cell = y / SAMPLES_IN_CELL * cellColumns;
      for (int x = 0, inCell = 0; x < grey.columns(); x++, i++) {
        float difference = samples[i] - mean[i];
        float size = Math.abs(difference - offset);
        float step = Math.min(MAX_STEP, Math.max(MIN_STEP, NOISES * noise[i]));
        if (size > step) {
          movedInCell[cell]++;
          noise[i] += toUnrest * (Math.min(size, MAX_STEP) - noise[i]);
        } else {
          noise[i] += toNoise * (size - noise[i]);
        }
        mean[i] += toMean * difference;
        if (++inCell == SAMPLES_IN_CELL) {
          inCell = 0;
          cell++;
        }
      }
    }
    BitSet moving = new BitSet(movedInCell.length);
    for (int cell = 0; cell < movedInCell.length; cell++) {
      if (movedInCell[cell] >= 2) {
        moving.set(cell);
      }
    }
    return new MotionMap(cellColumns, cellRows, moving);
  }

  /** By how much the picture as a whole is brighter: the median, which what moves hardly shifts. */
  private float offset(int[] samples) {
    Arrays.fill(offsets, 0);
    int zero = offsets.length / 2;
    int counted = 0;
    for (int i = 0; i < samples.length; i += OFFSET_STEP) {
      offsets[zero + samples[i] - (int) (mean[i] + 0.5f)]++;
      counted++;
    }
    int left = counted / 2;
    int at = 0;
    while (left >= offsets[at]) {
      left -= offsets[at++];
    }
    return at - zero;
  }

  private static float weight(double seconds, double constant) {
    return (float) -Math.expm1(-seconds / constant);
  }
}
