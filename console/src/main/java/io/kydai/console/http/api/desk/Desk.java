package io.kydai.console.http.api.desk;

import static java.util.Objects.requireNonNull;

import io.kydai.console.attachments.Attachments;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.claims.Claims;
import io.kydai.console.comments.Comments;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.deadlines.Deadlines;
import io.kydai.console.deadlines.DeadlinesOfReports;
import io.kydai.console.deskstatistics.DeskStatistics;
import io.kydai.console.duplicates.Duplicates;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.incidents.IncidentGrouping;
import io.kydai.console.incidents.Incidents;
import io.kydai.console.messages.MessagesOfReports;
import io.kydai.console.reports.ReportConsequences;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.routing.Place;
import io.kydai.console.routing.RoutingOfReports;
import io.kydai.console.search.ReportSearch;
import io.kydai.console.search.SavedSearches;
import io.kydai.console.search.SearchIndex;
import io.kydai.console.secondlook.SecondLookOfReports;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.store.Database;
import io.kydai.console.verifier.Remarks;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The desk of a node, as the HTTP server asks for it.
 *
 * @param reports the report queue
 * @param claims which reviewer has which report open
 * @param incidents the rows of the review desk
 * @param comments what people write about reports
 * @param attachments the files that people attach to reports
 * @param settings what the site sets for its desk
 * @param deadlines by when reports are due
 * @param duplicates which reports may be of one event
 * @param search finds reports
 * @param savedSearches the searches that people gave a name
 * @param remarks what machines said of reports
 * @param statistics counts the work of the desk
 */
public record Desk(
    ReportQueue reports,
    Claims claims,
    Incidents incidents,
    Comments comments,
    Attachments attachments,
    DeskSettings settings,
    Deadlines deadlines,
    Duplicates duplicates,
    ReportSearch search,
    SavedSearches savedSearches,
    Remarks remarks,
    DeskStatistics statistics) {
  public Desk {
    requireNonNull(reports);
    requireNonNull(claims);
    requireNonNull(incidents);
    requireNonNull(comments);
    requireNonNull(attachments);
    requireNonNull(settings);
    requireNonNull(deadlines);
    requireNonNull(duplicates);
    requireNonNull(search);
    requireNonNull(savedSearches);
    requireNonNull(remarks);
    requireNonNull(statistics);
  }

  /**
   * Returns what the report queue of a desk writes in the transaction of each change.
   *
   * @param cameras finds a camera; must not wait
   */
  public static List<ReportConsequences> consequences(
      DeskSettings settings, Function<CameraId, Optional<CameraConfig>> cameras, Clock clock) {
    return List.of(
        new SecondLookOfReports(settings),
        new SearchIndex(),
        new IncidentGrouping(clock),
        new RoutingOfReports(settings, camera -> place(camera, cameras), clock),
        new DeadlinesOfReports(settings, clock),
        new MessagesOfReports(settings, clock));
  }

  private static Place place(CameraId camera, Function<CameraId, Optional<CameraConfig>> cameras) {
    return cameras
        .apply(camera)
        .map(CameraPlaces::of)
        .map(place -> new Place(place.lat(), place.lon()))
        .orElse(Place.UNKNOWN);
  }

  /**
   * Returns the desk over a report queue.
   *
   * @param reports with the {@link #consequences} of a desk
   * @param evidence the folder of the evidence
   * @param cameras finds a camera; must not wait
   */
  public static Desk of(
      Database database,
      Path evidence,
      ReportQueue reports,
      DeskSettings settings,
      Function<CameraId, Optional<CameraConfig>> cameras,
      AuditLog audit,
      Clock clock) {
    return new Desk(
        reports,
        new Claims(clock),
        new Incidents(database, audit, clock),
        new Comments(database, audit, clock),
        new Attachments(database, evidence, audit, clock),
        settings,
        new Deadlines(
            database, reports, settings, audit, clock, new MessagesOfReports(settings, clock)),
        new Duplicates(reports, settings, camera -> place(camera, cameras)),
        new ReportSearch(database, clock),
        new SavedSearches(database, audit, clock),
        new Remarks(database),
        new DeskStatistics(database, clock));
  }
}
