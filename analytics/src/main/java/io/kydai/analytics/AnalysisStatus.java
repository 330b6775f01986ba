package io.kydai.analytics;

import java.time.Duration;
import java.util.Optional;

/**
 * How a camera's analysis fares.
 *
 * @param fps analysed frames per second over the last few seconds
 * @param skipped frames decoded but not analysed, since the camera was added
 * @param latency from a frame's access unit to its observation, over the last few seconds
 * @param lastError why a picture could not be decoded or analysed
 */
public record AnalysisStatus(
    double fps, long skipped, Duration latency, Optional<String> lastError) {}
