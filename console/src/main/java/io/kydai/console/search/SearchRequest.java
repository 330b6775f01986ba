package io.kydai.console.search;

import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportState;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which reports are looked for. What is null does not narrow the search.
 *
 * @param from received at or after it
 * @param until received before it
 * @param cameras of one of them
 * @param words all of which a report must have, as the index has them; empty for no such search
 * @param plate which a plate of a report must fit
 * @param visible the parts of the queue that may be seen, of which one must contain a report
 * @param oldestFirst whether the oldest come first, and not the newest
 */
public record SearchRequest(
    @Nullable Instant from,
    @Nullable Instant until,
    @Nullable Set<CameraId> cameras,
    @Nullable String type,
    @Nullable ReportState state,
    @Nullable String agency,
    List<String> words,
    @Nullable PlatePattern plate,
    List<ReportFilter.Part> visible,
    boolean oldestFirst) {
  public SearchRequest {
    cameras = cameras == null ? null : Set.copyOf(cameras);
    words = List.copyOf(words);
    visible = List.copyOf(visible);
  }
}
