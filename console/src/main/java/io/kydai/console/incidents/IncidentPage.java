package io.kydai.console.incidents;

import io.kydai.console.reports.ReportId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page of incidents, and how many there are on each tab.
 *
 * @param counts of all tabs
 * @param mine how many the handler is at work on
 * @param pictures the name of a picture of the last report of each, where it has one
 * @param next cursor of the following page; null on the last one
 */
public record IncidentPage(
    List<Incident> incidents,
    IncidentCounts counts,
    int mine,
    Map<ReportId, String> pictures,
    @Nullable String next) {
  public IncidentPage {
    incidents = List.copyOf(incidents);
    pictures = Map.copyOf(pictures);
  }
}
