package io.kydai.analytics.health;

import io.kydai.analytics.decode.ToneCurve;
import io.kydai.analytics.observation.Frame;
import io.kydai.ingest.media.MediaTime;
import java.util.Arrays;

/**
 * Decides for one camera whether haze or fog takes the contrast from its pictures, and by which
 * curve the network's input gets it back. Frames come in order, one at a time; the gain may be read
 * by any thread.
 *
 * <p>Once a second of media time the luma is measured on a small grey picture: its standard
 * deviation, its mean, and its darkest hundredth. A picture is hazy when it is flat <em>and</em>
 * nothing in it is dark, because light scattered in the air lies over the darkest places, too (the
 * idea of the dark channel: He, Sun and Tang, "Single Image Haze Removal Using Dark Channel Prior",
 * CVPR 2009). A night is flat but has black in it, and is left as it is: its noise would grow.
 *
 * <p>What is measured is averaged over {@value #SETTLE_SECONDS} s, the state has hysteresis, and
 * the gain moves by at most {@value #GAIN_PER_SECOND} a second after the first picture; so a lorry
 * that fills the view changes nothing, and neither does a value near a limit. Pictures in formats
 * without luma samples are left as they are.
 */
public final class ContrastStretch {
  private static final long BETWEEN_LOOKS = MediaTime.ticksOfSeconds(1);
  private static final double SETTLE_SECONDS = 10;
  private static final double GAIN_PER_SECOND = 0.1;

  // Of luma, 0 black to 255 white. Street scenes in clear air have deviations of 30 to 70 and a
  // darkest hundredth below 35; bare asphalt from above, flat but clear, has 12 and 92.
  private static final double FLAT_BELOW = 30;
  private static final double FLAT_UNTIL = 36;
  private static final double VEILED_ABOVE = 105;
  private static final double VEILED_UNTIL = 95;
  private static final double WANTED_DEVIATION = 54;

  private static final double MAX_GAIN = 2.5;
  private static final double GAIN_STEP = 0.05;
  private static final double PIVOT_STEP = 2;

  private final GreyPicture grey = new GreyPicture();
  private final int[] histogram = new int[256];
  private boolean begun;
  private long lastLook;
  private double deviation;
  private double mean;
  private double darkest;
  private boolean hazy;
  private double gain = 1;
  private double pivot;
  private volatile ToneCurve curve = ToneCurve.IDENTITY;

  /** Returns the curve for a frame's pixels on their way to the network. */
  public ToneCurve curve(Frame frame) {
    long since = frame.mediaTime() - lastLook;
    boolean anew = !begun || since < 0; // Media time may step back.
    if (anew || since >= BETWEEN_LOOKS) {
      lastLook = frame.mediaTime();
      if (grey.read(frame)) {
        measure(anew ? Double.POSITIVE_INFINITY : MediaTime.seconds(since));
        begun = true;
      } else {
        begun = false;
        hazy = false;
        gain = 1;
        curve = ToneCurve.IDENTITY;
      }
    }
    return curve;
  }

  /** The factor of contrast at the moment; 1 while pictures are left as they are. */
  public double gain() {
    return curve.gain();
  }

  private void measure(double seconds) {
    Arrays.fill(histogram, 0);
    int cells = GreyPicture.WIDTH * GreyPicture.HEIGHT;
    double squares = 0;
    for (int at = 0; at < cells; at++) {
      double value = grey.cell(at) / (double) GreyPicture.UNIT;
      squares += value * value;
      histogram[(int) value]++;
    }
    double brightness = grey.brightness();
    int dark = 0;
    for (int seen = histogram[0]; seen * 100 < cells; seen += histogram[dark]) {
      dark++;
    }
    double share = -Math.expm1(-seconds / SETTLE_SECONDS);
    double flatness = Math.sqrt(Math.max(0, squares / cells - brightness * brightness));
    deviation += (flatness - deviation) * share;
    mean += (brightness - mean) * share;
    darkest += (dark - darkest) * share;
    decide(seconds);
  }

  private void decide(double seconds) {
    hazy =
        hazy
            ? deviation < FLAT_UNTIL && darkest > VEILED_UNTIL
            : deviation < FLAT_BELOW && darkest > VEILED_ABOVE;
    double wanted =
        hazy ? Math.max(1, Math.min(MAX_GAIN, WANTED_DEVIATION / Math.max(1, deviation))) : 1;
    double step = GAIN_PER_SECOND * seconds;
    gain += Math.max(-step, Math.min(step, wanted - gain));
    if (Math.abs(mean - pivot) >= PIVOT_STEP) {
      pivot = mean;
    }
    double rounded = Math.round(gain / GAIN_STEP) * GAIN_STEP;
    curve = rounded <= 1 ? ToneCurve.IDENTITY : ToneCurve.around(pivot, rounded);
  }
}
