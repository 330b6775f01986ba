package io.kydai.console.http.api.desk;

import io.kydai.analytics.alert.RuleId;
import io.kydai.console.claims.Claim;
import io.kydai.console.claims.Claims;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.incidents.Incident;
import io.kydai.console.incidents.IncidentFilter;
import io.kydai.console.incidents.IncidentPage;
import io.kydai.console.incidents.Incidents;
import io.kydai.console.incidents.Tab;
import io.kydai.console.reports.Decision;
import io.kydai.console.reports.FollowsAnotherException;
import io.kydai.console.reports.IllegalTransitionException;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportChangedException;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.SecondLookException;
import io.kydai.console.reports.SeenReport;
import io.kydai.console.reports.UnknownReportException;
import io.kydai.console.users.Caller;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The operations on incidents. */
public final class IncidentApi {
  private static final String MINE = "mine";

  private final Incidents incidents;
  private final ReportQueue reports;
  private final Claims claims;
  private final Cameras cameras;
  private final ReportAccess access;
  private final boolean ranked;

  /**
   * @param ranked whether incidents of one priority are listed by what a machine said of them
   */
  public IncidentApi(Desk desk, Cameras cameras, boolean ranked) {
    this.ranked = ranked;
    this.incidents = desk.incidents();
    this.reports = desk.reports();
    this.claims = desk.claims();
    this.cameras = cameras;
    this.access = new ReportAccess(reports, cameras);
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("listIncidents", desk, this::list)
        .on("getIncident", desk, this::whole)
        .on("decideTogether", desk, this::decide);
  }

  private ApiReply list(ApiCall call) {
    String tab = call.text("tab").orElse(MINE);
    String caller = call.actor().id();
    List<String> claimed =
        claims.all().stream()
            .filter(claim -> claim.heldBy(call.actor()))
            .map(claim -> claim.report().handling().incident())
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    try {
      IncidentPage page =
          incidents.list(
              new IncidentFilter(
                  tab.equals(MINE) ? null : ErrorText.constant(Tab.class, tab),
                  caller,
                  claimed,
                  call.text("camera").map(IncidentApi::camera).orElse(null),
                  call.text("type").orElse(null),
                  call.flag("second-look"),
                  ranked,
                  call.integer("limit"),
                  call.text("cursor").orElse(null),
                  access.visible(call.caller())));
      return ApiReply.json(
          IncidentPageAnswer.of(
              page,
              ranked,
              page.incidents().stream().flatMap(one -> seen(call.caller(), one).stream()).toList(),
              holders(call.caller())));
    } catch (InvalidReportRequestException e) {
      throw Problem.badField(e.field(), e);
    }
  }

  /**
   * An incident that began before the caller's right to its camera has the times and numbers of
   * what came since: what was before is not there.
   */
  private Optional<Incident> seen(Caller caller, Incident incident) {
    if (isWhole(caller, incident)) {
      return Optional.of(incident);
    }
    return Optional.of(visible(caller, incident))
        .filter(reports -> !reports.isEmpty())
        .map(incident::ofReports);
  }

  private boolean isWhole(Caller caller, Incident incident) {
    return since(caller, incident).filter(incident.firstAt()::isBefore).isEmpty();
  }

  /** Empty for those who see an agency's reports only, and not what else happened. */
  private Optional<Instant> since(Caller caller, Incident incident) {
    return caller.since(Permission.EVIDENCE, CameraPlaces.of(incident.camera(), cameras));
  }

  private List<Report> visible(Caller caller, Incident incident) {
    return reports.ofIncident(incident.id().value()).stream()
        .filter(report -> access.may(caller, Permission.EVIDENCE, report))
        .toList();
  }

  private static CameraId camera(String value) {
    try {
      return new CameraId(value);
    } catch (IllegalArgumentException e) {
      throw Problem.badField("camera", "Expected: a camera's id.");
    }
  }

  /** Returns who has which incident open, of the reports that a caller may see. */
  private Map<String, ClaimAnswer> holders(Caller caller) {
    Map<String, ClaimAnswer> holders = new HashMap<>();
    for (Claim claim : claims.all()) {
      String incident = claim.report().handling().incident();
      if (incident != null && access.may(caller, Permission.EVIDENCE, claim.report())) {
        holders.put(incident, ClaimAnswer.of(claim));
      }
    }
    return holders;
  }

  private ApiReply whole(ApiCall call) {
    Incident incident =
        incidents
            .find(ReportAccess.id(call.path("id")))
            .orElseThrow(() -> Problem.notFound("incident " + call.path("id")));
    List<Report> visible = visible(call.caller(), incident);
    if (visible.isEmpty() || since(call.caller(), incident).isEmpty()) {
      throw Problem.notFound("incident " + incident.id());
    }
    return ApiReply.json(
        IncidentAnswer.of(
            isWhole(call.caller(), incident) ? incident : incident.ofReports(visible),
            null,
            holders(call.caller()).get(incident.id().value()),
            visible));
  }

  /** The contract's {@code DecisionTogether}. */
  private record DecisionTogether(
      String action, @Nullable String reason, @Nullable String agency, List<Seen> reports) {}

  private record Seen(String id, long version) {}

  private ApiReply decide(ApiCall call) {
    DecisionTogether body = call.body(DecisionTogether.class);
    ReportAction action = ErrorText.constant(ReportAction.class, body.action());
    for (Seen one : body.reports()) {
      Report report = access.find(call.caller(), ReportAccess.id(one.id()));
      access.check(call.caller(), action.permission(), report);
    }
    try {
      List<Report> after =
          reports.actTogether(
              body.reports().stream()
                  .map(one -> new SeenReport(ReportAccess.id(one.id()), one.version()))
                  .toList(),
              new Decision(action, body.reason(), body.agency(), null),
              call.actor(),
              call.origin());
      return ApiReply.json(
          new ReportAnswer.Page(after.stream().map(ReportAnswer::inList).toList(), null));
    } catch (UnknownReportException e) {
      throw Problem.of(404, e);
    } catch (InvalidReportRequestException e) {
      throw Problem.badField(e.field(), e);
    } catch (ReportChangedException
        | IllegalTransitionException
        | SecondLookException
        | FollowsAnotherException e) {
      throw Problem.of(409, e);
    }
  }

  /** Returns the id of a rule in a path. */
  static RuleId rule(ApiCall call) {
    try {
      return RuleId.of(call.path("rule"));
    } catch (IllegalArgumentException e) {
      throw Problem.notFound("rule " + ErrorText.shown(call.path("rule")));
    }
  }
}
