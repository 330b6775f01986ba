package io.kydai.analytics.pipeline;

import io.kydai.analytics.budget.Limit;
import io.kydai.analytics.inference.SkipReason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a camera's analysis fares. What is said of "now" is over the last few seconds.
 *
 * @param fps analysed frames per second, now
 * @param targetFps frames per second that the budget has for it; the camera may send fewer
 * @param limit why these are not more
 * @param weight its weight beside other cameras, with what an open alert adds
 * @param skippedBy what was not analysed since the camera was added, for each reason
 * @param latency from a frame's access unit to its observation, mean, now
 * @param latencyP95 the same, what 95 of 100 frames took at most
 * @param contrastGain the factor by which the contrast of the network's input is stretched, now: 1
 *     unless the picture is hazy
 * @param lastError why a picture could not be decoded or analysed; null where none failed
 */
public record AnalysisStatus(
    double fps,
    double targetFps,
    Limit limit,
    double weight,
    Map<SkipReason, Long> skippedBy,
    Duration latency,
    Duration latencyP95,
    double contrastGain,
    @Nullable String lastError) {
  private static final Set<SkipReason> NOT_DECODED =
      EnumSet.of(SkipReason.QUEUE_FULL, SkipReason.DECODE_ERROR);

  public AnalysisStatus {
    skippedBy = Map.copyOf(skippedBy);
  }

  /** Frames decoded but not analysed, since the camera was added. */
  public long skipped() {
    return skippedBy.entrySet().stream()
        .filter(reason -> !NOT_DECODED.contains(reason.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
