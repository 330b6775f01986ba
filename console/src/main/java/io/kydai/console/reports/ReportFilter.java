package io.kydai.console.reports;

import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which reports to list, newest first. What is null does not narrow the list.
 *
 * @param since received at or after it
 * @param limit 1 to 200
 * @param cursor {@code next} of the page before
 * @param agencies assigned to one of them
 * @param words all of which a report must have, as the index has them; empty for no such search
 * @param visible the parts of the queue that may be seen, of which one must contain a report; null
 *     for all of it
 */
public record ReportFilter(
    @Nullable ReportState state,
    @Nullable CameraId camera,
    @Nullable String type,
    @Nullable Instant since,
    int limit,
    @Nullable String cursor,
    @Nullable List<Part> visible,
    @Nullable Set<String> agencies,
    List<String> words) {

  /**
   * A part of the queue.
   *
   * @param cameras of which cameras; null for all
   * @param from received at or after it; null for all times
   * @param agencies assigned to one of them; null for all
   */
  public record Part(
      @Nullable Set<CameraId> cameras, @Nullable Instant from, @Nullable Set<String> agencies) {
    /**
     * Returns the agencies to one of which every report of some parts is assigned; null where they
     * have others.
     */
    public static @Nullable Set<String> agencies(List<Part> parts) {
      Set<String> all = new HashSet<>();
      for (Part part : parts) {
        Set<String> agencies = part.agencies();
        if (agencies == null) {
          return null;
        }
        all.addAll(agencies);
      }
      return all;
    }
  }

  public ReportFilter {
    visible = visible == null ? null : List.copyOf(visible);
    words = List.copyOf(words);
  }

  /** Makes a filter without an agency and words. */
  public ReportFilter(
      @Nullable ReportState state,
      @Nullable CameraId camera,
      @Nullable String type,
      @Nullable Instant since,
      int limit,
      @Nullable String cursor,
      @Nullable List<Part> visible) {
    this(state, camera, type, since, limit, cursor, visible, null, List.of());
  }

  /** Makes a filter over the whole queue. */
  public ReportFilter(
      @Nullable ReportState state,
      @Nullable CameraId camera,
      @Nullable String type,
      @Nullable Instant since,
      int limit,
      @Nullable String cursor) {
    this(state, camera, type, since, limit, cursor, null);
  }
}
