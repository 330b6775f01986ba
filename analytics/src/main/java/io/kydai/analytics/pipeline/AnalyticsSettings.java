package io.kydai.analytics.pipeline;

/**
 * Rates and bounds of analytics. Rates are frames per second.
 *
 * @param workers inference workers, each with a detector of its own, at least 1
 * @param decodeThreads threads that all cameras' decoders share, at least 1
 * @param minFps a camera is not put below this rate to make room for others or because nothing is
 *     unsure, unless nothing moves
 * @param maxFps a camera's frames are analysed at most this often
 * @param idleFps this often while nothing moves; infinity: as often as ever
 */
public record AnalyticsSettings(
    int workers, int decodeThreads, double minFps, double maxFps, double idleFps) {
  public AnalyticsSettings {
    if (workers < 1 || decodeThreads < 1) {
      throw new IllegalArgumentException("at least one worker and one decode thread are needed");
    }
    if (!(minFps > 0 && maxFps > 0 && idleFps > 0)) {
      throw new IllegalArgumentException("rates above 0 are needed");
    }
    if (minFps > maxFps) {
      throw new IllegalArgumentException("the lowest rate is above the highest");
    }
  }

  /** Each camera at one rate, moving or not, as far as there is time. */
  public AnalyticsSettings(int workers, int decodeThreads, double fps) {
    this(workers, decodeThreads, fps, fps, Double.POSITIVE_INFINITY);
  }
}
