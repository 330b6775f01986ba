package io.kydai.console.routing;

import static java.util.Objects.requireNonNull;

import io.kydai.console.agencies.Agencies;
import io.kydai.console.audit.Actor;
import io.kydai.console.reports.Decision;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportConsequences;
import io.kydai.console.reports.ReportState;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.settings.Versioned;
import io.kydai.console.users.Directory;
import io.kydai.ingest.source.CameraId;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Assigns a report to an agency when somebody verifies it, in the same transaction, and gives the
 * reason of the routing table as the step's reason. Where a site never set a table, reports stay
 * verified until somebody assigns them.
 */
public final class RoutingOfReports implements ReportConsequences {
  private final DeskSettings settings;
  private final Function<CameraId, Place> places;
  private final Clock clock;

  /**
   * @param places finds where a camera stands, also one that was removed; must not wait
   */
  public RoutingOfReports(DeskSettings settings, Function<CameraId, Place> places, Clock clock) {
    this.settings = requireNonNull(settings);
    this.places = requireNonNull(places);
    this.clock = requireNonNull(clock);
  }

  @Override
  public Optional<Decision> received(Handle db, Report report) {
    return Optional.empty();
  }

  @Override
  public Optional<Decision> acted(
      Handle db, Report before, Report after, Report.Step step, Actor actor) {
    if (step.action() != ReportAction.VERIFY || step.state() != ReportState.VERIFIED) {
      return Optional.empty();
    }
    Versioned<RoutingTable> table = settings.get(db, RoutingTable.SETTING);
    if (table.version() == 0) {
      return Optional.empty();
    }
    Router router =
        new Router(table.value(), settings.get(db, Agencies.SETTING).value(), Directory.areas(db));
    Route route =
        router.route(after.origin().type(), places.apply(after.origin().camera()), clock.instant());
    return Optional.of(
        new Decision(ReportAction.ASSIGN, route.why(), route.agency(), null, route.note()));
  }
}
