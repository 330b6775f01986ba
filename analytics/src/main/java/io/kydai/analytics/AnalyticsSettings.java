package io.kydai.analytics;

/**
 * Rates and bounds of analytics.
 *
 * @param workers inference workers, each with a detector of its own, at least 1
 * @param decodeThreads threads that all cameras' decoders share, at least 1
 * @param maxFps a camera's frames are analysed at most this often, frames per second
 */
public record AnalyticsSettings(int workers, int decodeThreads, double maxFps) {}
