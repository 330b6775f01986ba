package io.kydai.analytics.motion;

import io.kydai.analytics.observation.Frame;
import io.kydai.ingest.media.MediaTime;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;

/**
 * Measures by how much a shaking camera's picture is displaced: a mast in the wind, a bridge under
 * lorries. A small grey picture is aligned to one of some seconds before, patch by patch ({@link
 * PatchFlow}); the displacement is what the most patches agree on, so that traffic does not count.
 * Where the view usually is, is the mean over {@value #MEAN_SECONDS} s.
 *
 * <p>It is off, and its answer exactly {@link ViewDisplacement#NONE}, while the view has not been
 * displaced by more than {@value #STILL} samples, of which the picture is at most 160 wide, on two
 * pictures in turn of the last {@value #CALM_SECONDS} s. A view that is displaced by more than
 * {@value #FARTHEST} samples is turned, and not shaken: what it shows then is its usual view.
 * Translation only. One thread at a time.
 */
public final class ViewStabiliser {
  static final int MEAN_SECONDS = 20;
  static final int CALM_SECONDS = 5;
  static final double STILL = 0.5;
  static final double FARTHEST = 6.5;

  private static final int STEP = 10;
  private static final int LEAST_PATCHES = 12;
  private static final double TOLERANCE = 0.6; // samples
  private static final double AGREE = 0.35; // of the patches
  private static final double STANDS = 0.5; // of those that agree: then they are traffic
  private static final int EACH = 3;
  private static final long REFERENCE_FOR = MediaTime.ticksOfSeconds(10);
  private static final long LOST_FOR = MediaTime.ticksOfSeconds(2);
  private static final long CALM = MediaTime.ticksOfSeconds(CALM_SECONDS);

  private Grey grey = new Grey(1, 1);
  private @Nullable PatchFlow flow;
  private double[] right = {};
  private double[] down = {};
  // In samples; of the reference and of the usual view, from the first picture.
  private double referenceX;
  private double referenceY;
  private double usualX;
  private double usualY;
  private int pictures;
  private boolean wasDisplaced;
  private long referenceSince;
  private long lastKnown;
  private long last = Long.MIN_VALUE;
  private long activeUntil = Long.MIN_VALUE;
  private double foundX;
  private double foundY;
  private double sumX;
  private double sumY;

  /** Returns whether the view has been displaced lately. */
  public boolean active() {
    return activeUntil > last;
  }

  /**
   * Returns by how much the next picture's view is displaced; none where that cannot be told. Media
   * times must rise; after a step back all is forgotten.
   */
  public ViewDisplacement observe(Frame frame) {
    AVFrame picture = frame.picture();
    long time = frame.mediaTime();
    if (!Grey.readable(picture)) {
      flow = null;
      return ViewDisplacement.NONE;
    }
    PatchFlow known = grey.fits(picture) && time > last ? flow : null;
    double seconds = MediaTime.seconds(time - last);
    last = time;
    if (known == null) {
      begin(picture, time);
      return ViewDisplacement.NONE;
    }
    int[] samples = grey.read(picture);
    known.compare(samples);
    if (!agreed(known)) {
      if (time - lastKnown > LOST_FOR) {
        begin(picture, time);
      }
      return ViewDisplacement.NONE;
    }
    lastKnown = time;
    double x = referenceX + foundX;
    double y = referenceY + foundY;
    pictures++;
    double weight = Math.max(1.0 / pictures, -Math.expm1(-seconds / MEAN_SECONDS));
    usualX += weight * (x - usualX);
    usualY += weight * (y - usualY);
    double awayX = x - usualX;
    double awayY = y - usualY;
    if (Math.max(Math.abs(awayX), Math.abs(awayY)) > FARTHEST) {
      begin(picture, time);
      return ViewDisplacement.NONE;
    }
    if (time - referenceSince > REFERENCE_FOR) {
      known.advance();
      referenceX = x;
      referenceY = y;
      referenceSince = time;
    }
    boolean displaced = Math.max(Math.abs(awayX), Math.abs(awayY)) > STILL;
    if (displaced && wasDisplaced) {
      activeUntil = time + CALM;
    }
    wasDisplaced = displaced;
    return active()
        ? new ViewDisplacement(awayX / grey.columns(), awayY / grey.rows())
        : ViewDisplacement.NONE;
  }

  private void begin(AVFrame picture, long time) {
    if (!grey.fits(picture)) {
      grey = new Grey(picture.width(), picture.height());
      flow = null;
    }
    referenceX = 0;
    referenceY = 0;
    usualX = 0;
    usualY = 0;
    pictures = 1;
    wasDisplaced = false;
    referenceSince = time;
    lastKnown = time;
    activeUntil = Long.MIN_VALUE;
    if (Math.min(grey.columns(), grey.rows()) > PatchFlow.PATCH) {
      PatchFlow of = flow;
      if (of == null) {
        of = new PatchFlow(grey.columns(), grey.rows(), STEP);
        flow = of;
        right = new double[of.across() * of.down()];
        down = new double[right.length];
      }
      of.reference(grey.read(picture));
    }
  }

  /** Finds what most patches agree on, and whether they do. */
  private boolean agreed(PatchFlow found) {
    int count = 0;
    for (int row = 0; row < found.down(); row++) {
      for (int column = 0; column < found.across(); column++) {
        if (found.known(column, row)) {
          right[count] = found.dx(column, row);
          down[count++] = found.dy(column, row);
        }
      }
    }
    if (count < LEAST_PATCHES) {
      return false;
    }
    int most = 0;
    int still = 0;
    int middle = 0;
    for (int i = 0; i < count; i++) {
      still += Math.hypot(right[i], down[i]) < TOLERANCE ? 1 : 0;
      if (i % EACH == 0) {
        int votes = agree(right[i], down[i], count);
        if (votes > most) {
          most = votes;
          middle = i;
        }
      }
    }
    boolean moved = Math.hypot(right[middle], down[middle]) > 2 * TOLERANCE;
    if (most < AGREE * count || moved && still > STANDS * most) {
      return false;
    }
    agree(right[middle], down[middle], count);
    most = agree(sumX / most, sumY / most, count);
    if (most == 0) {
      return false;
    }
    foundX = sumX / most;
    foundY = sumY / most;
    return true;
  }

  /** Counts and sums the ways that differ from one by less than the tolerance. */
  private int agree(double x, double y, int count) {
    int votes = 0;
    sumX = 0;
    sumY = 0;
    for (int i = 0; i < count; i++) {
      if (Math.abs(right[i] - x) < TOLERANCE && Math.abs(down[i] - y) < TOLERANCE) {
        sumX += right[i];
        sumY += down[i];
        votes++;
      }
    }
    return votes;
  }
}
