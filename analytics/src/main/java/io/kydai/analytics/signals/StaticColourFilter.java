package io.kydai.analytics.signals;

import io.kydai.ingest.media.MediaTime;
import java.util.Arrays;

/**
 * What has not gone away for ten minutes is no lamp: a painted housing, a tree, a sign behind the
 * head. Keeps the least of each amount over {@value #BLOCKS} pieces of two minutes, and takes it
 * off. Nothing is taken off before the first ten minutes are full.
 */
final class StaticColourFilter {
  private static final int BLOCKS = 5;
  private static final long BLOCK = MediaTime.ticksOfSeconds(120);

  private final double[][] least = new double[BLOCKS + 1][];
  private int full;
  private long began;

  /**
   * @param amounts changed: what stands still is taken off each
   */
  void takeOff(double[] amounts, long mediaTime) {
    if (least[0] == null) {
      least[0] = amounts.clone();
      began = mediaTime;
    }
    for (int i = 0; i < amounts.length; i++) {
      least[0][i] = Math.min(least[0][i], amounts[i]);
    }
    if (mediaTime - began >= BLOCK) {
      System.arraycopy(least, 0, least, 1, BLOCKS);
      full = Math.min(BLOCKS, full + 1);
      least[0] = amounts.clone();
      began = mediaTime;
    }
    if (full == BLOCKS) {
      for (int i = 0; i < amounts.length; i++) {
        int at = i;
        amounts[i] -= Arrays.stream(least).mapToDouble(block -> block[at]).min().orElse(0);
      }
    }
  }
}
