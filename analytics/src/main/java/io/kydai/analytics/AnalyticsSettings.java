package io.kydai.analytics;

/**
 * Rates and bounds of analytics.
 *
 * @param workers inference workers, each with a detector of its own, at least 1
 * @param decodeThreads threads that all cameras' decoders share, at least 1
 * @param maxFps a camera's frames are analysed at most this often, frames per second
 */
public record AnalyticsSettings(int workers, int decodeThreads, double maxFps) {
  public AnalyticsSettings {
    if (workers < 1 || decodeThreads < 1) {
      throw new IllegalArgumentException("at least one worker and one decode thread are needed");
    }
    if (!(maxFps > 0)) {
      throw new IllegalArgumentException("a rate above 0 is needed, not " + maxFps);
    }
  }
}
