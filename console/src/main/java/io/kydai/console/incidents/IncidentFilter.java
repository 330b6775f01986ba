package io.kydai.console.incidents;

import io.kydai.console.reports.ReportFilter;
import io.kydai.ingest.source.CameraId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which incidents to list. What is null does not narrow the list.
 *
 * @param tab null for those that somebody is at work on, see {@code handler}
 * @param handler the account or token whose open incidents are listed; null for everybody's
 * @param claimed ids of incidents that belong to the handler's as well
 * @param secondLook whether only those are listed of which a report waits for a second look
 * @param ranked whether those to check of one priority come by what a machine said of them
 * @param limit 1 to 200
 * @param cursor {@code next} of the page before
 * @param visible the parts of the queue that may be seen; null for all of it
 */
public record IncidentFilter(
    @Nullable Tab tab,
    @Nullable String handler,
    List<String> claimed,
    @Nullable CameraId camera,
    @Nullable String type,
    boolean secondLook,
    boolean ranked,
    int limit,
    @Nullable String cursor,
    @Nullable List<ReportFilter.Part> visible) {
  public IncidentFilter {
    claimed = List.copyOf(claimed);
    visible = visible == null ? null : List.copyOf(visible);
  }
}
