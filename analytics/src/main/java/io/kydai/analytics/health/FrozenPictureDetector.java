package io.kydai.analytics.health;

/**
 * Whether the same picture comes again and again. Exactly the same: between two pictures of a scene
 * where nothing moves there is still the sensor's noise. Encoders can swallow that at night, and
 * code the same picture a little differently at each key frame; so slight changes are let pass in a
 * run of repeats, and on a camera that was seen to repeat pictures by itself a run says nothing.
 */
final class FrozenPictureDetector {
  /** What a key frame may change: in the mean, and in any cell. */
  private static final int MEAN = GreyPicture.UNIT;

  private static final int MOST = 16 * GreyPicture.UNIT;
  private static final double IN_A_RUN = 0.5;
  private static final double NORMAL = 0.02;
  private static final double LEARN_SECONDS = 600;
  private static final double FIRST_SECONDS = 60;

  private final short[] before = new short[GreyPicture.WIDTH * GreyPicture.HEIGHT];
  private boolean began;
  private double watched;
  private double usual;
  private double usualBeforeRun;
  private double watchedBeforeRun;
  private int looks;
  private int same;

  void forget() {
    began = false;
    watched = 0;
    usual = 0;
    endRun();
  }

  private void endRun() {
    looks = 0;
    same = 0;
    usualBeforeRun = usual;
    watchedBeforeRun = watched;
  }

  /**
   * The next picture.
   *
   * @param seconds since the one before
   */
  void see(GreyPicture picture, double seconds) {
    long sum = 0;
    int most = 0;
    for (int i = 0; i < before.length; i++) {
      int cell = picture.cell(i);
      int change = Math.abs(cell - before[i]);
      sum += change;
      most = Math.max(most, change);
      before[i] = (short) cell;
    }
    if (!began) {
      began = true;
      return;
    }
    watched += seconds;
    double share = seconds / Math.min(LEARN_SECONDS, Math.max(watched, seconds));
    usual += ((most == 0 ? 1 : 0) - usual) * share;
    if (most > MOST || sum > (long) MEAN * before.length) {
      endRun();
      return;
    }
    looks++;
    same += most == 0 ? 1 : 0;
    if (share() < IN_A_RUN) {
      endRun();
    }
  }

  /** Returns whether pictures repeat that did not before. */
  boolean frozen() {
    return looks > 0 && watchedBeforeRun >= FIRST_SECONDS && usualBeforeRun < NORMAL;
  }

  /** How many of this run's pictures are exactly the one before, 0 to 1. */
  double share() {
    return looks == 0 ? 0 : same / (double) looks;
  }

  /** The same as it was before this run. */
  double usual() {
    return usualBeforeRun;
  }

  double limit() {
    return IN_A_RUN;
  }
}
