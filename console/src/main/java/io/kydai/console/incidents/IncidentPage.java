package io.kydai.console.incidents;

import io.kydai.console.reports.ReportId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of incidents, and how many there are on each tab.
 *
 * @param counts at most {@value #MAX_COUNT} each: that many means that many or more
 * @param toCheck the same by priority, of those to check
 * @param secondLook how many have a report that waits for a second look
 * @param mine how many the handler is at work on
 * @param pictures the name of a picture of the last report of each, where it has one
 * @param next cursor of the following page; null on the last one
 */
public record IncidentPage(
    List<Incident> incidents,
    Map<Tab, Integer> counts,
    Map<Priority, Integer> toCheck,
    int secondLook,
    int mine,
    Map<ReportId, String> pictures,
    @Nullable String next) {
  static final int MAX_COUNT = 1_000;

  public IncidentPage {
    incidents = List.copyOf(incidents);
    counts = Map.copyOf(counts);
    toCheck = Map.copyOf(toCheck);
    pictures = Map.copyOf(pictures);
  }
}
