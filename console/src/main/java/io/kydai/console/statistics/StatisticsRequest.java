package io.kydai.console.statistics;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the statistics.
 *
 * @param from the first moment; it is set back to the beginning of its piece
 * @param to the end, which is not included; it is set on to the end of its piece
 * @param zone in which hours and days begin
 * @param since each camera, and from when on its statistics may be seen
 * @param element the only line or zone; null for all
 * @param classes the only classes; empty for all
 */
public record StatisticsRequest(
    Instant from,
    Instant to,
    Step step,
    ZoneId zone,
    Map<CameraId, Instant> since,
    @Nullable String element,
    Set<String> classes) {
  public StatisticsRequest {
    requireNonNull(from);
    requireNonNull(to);
    requireNonNull(step);
    requireNonNull(zone);
    since = Map.copyOf(since);
    classes = Set.copyOf(classes);
  }
}
