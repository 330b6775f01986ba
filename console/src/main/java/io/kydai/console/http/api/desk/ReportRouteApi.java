package io.kydai.console.http.api.desk;

import io.kydai.console.agencies.Agencies;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.routing.Place;
import io.kydai.console.routing.Router;
import io.kydai.console.routing.RoutingTable;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.settings.Versioned;
import io.kydai.console.users.CameraPlace;
import io.kydai.console.users.Directory;
import io.kydai.console.users.Permission;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The operation that tells a reviewer where a report would go. */
public final class ReportRouteApi {
  private final DeskSettings settings;
  private final Directory directory;
  private final Cameras cameras;
  private final ReportAccess access;
  private final Clock clock;

  public ReportRouteApi(Desk desk, Directory directory, Cameras cameras, Clock clock) {
    this.settings = desk.settings();
    this.directory = directory;
    this.cameras = cameras;
    this.access = new ReportAccess(desk.reports(), cameras);
    this.clock = clock;
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints.on("getReportRoute", desk, this::route);
  }

  private ApiReply route(ApiCall call) {
    Report report = access.find(call);
    access.check(call.caller(), Permission.REVIEW, report);
    return ApiReply.json(new ReportRoute(afterVerifying(report)));
  }

  /** The route that {@link io.kydai.console.routing.RoutingOfReports} would take now. */
  private @Nullable RouteAnswer afterVerifying(Report report) {
    Versioned<RoutingTable> table = settings.get(RoutingTable.SETTING);
    if (table.version() == 0 || !report.handling().actions().contains(ReportAction.VERIFY)) {
      return null;
    }
    CameraPlace camera = CameraPlaces.of(report.origin().camera(), cameras);
    Router router =
        new Router(table.value(), settings.get(Agencies.SETTING).value(), directory.areas());
    return RouteAnswer.of(
        router.route(
            report.origin().type(), new Place(camera.lat(), camera.lon()), clock.instant()));
  }

  /** The contract's {@code ReportRoute}. */
  private record ReportRoute(@Nullable RouteAnswer route) {}
}
