package io.kydai.console.http.api;

import io.kydai.analytics.alert.AlertId;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.http.server.ApiCall;
import io.kydai.console.http.server.ApiReply;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.http.server.ErrorText;
import io.kydai.console.http.server.Problem;
import io.kydai.console.reports.IllegalTransitionException;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.ReportState;
import io.kydai.console.reports.UnknownReportException;
import io.kydai.console.users.Caller;
import io.kydai.console.users.CameraPlace;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.evidence.EvidenceItem;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The operations on the report queue. */
public final class ReportApi {

  /** The policy of a file of evidence that is opened in a tab: it is shown, and loads nothing. */
  private static final String FILE_POLICY =
      "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox";

  /** Finds files of evidence. */
  @FunctionalInterface
  public interface Evidence {
    Optional<Path> file(AlertId alertId, String name);
  }

  private final ReportQueue reports;
  private final Cameras cameras;
  private final Evidence evidence;
  private final AuditGroups audit;

  public ReportApi(ReportQueue reports, Cameras cameras, Evidence evidence, AuditGroups audit) {
    this.audit = audit;
    this.reports = reports;
    this.cameras = cameras;
    this.evidence = evidence;
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("listReports", desk, this::list)
        .on("getReport", desk, this::whole)
        .on("getEvidence", desk, this::evidence);
    for (ReportAction action : ReportAction.values()) {
      endpoints.on(ErrorText.dashed(action) + "Report", desk, call -> act(call, action));
    }
  }

  private ApiReply whole(ApiCall call) {
    Report report = find(call);
    audit.record(about(AuditEventType.REPORT_VIEWED, report, call));
    return ApiReply.json(ReportAnswer.whole(report));
  }

  private static AuditEvent about(AuditEventType type, Report report, ApiCall call) {
    return AuditEvent.of(type, call.actor(), call.origin())
        .camera(report.origin().camera().value())
        .report(report.id().value());
  }

  /** The conditions of a search as the audit has them: those that were given. */
  private static Map<String, Object> conditions(ApiCall call) {
    Map<String, Object> conditions = new TreeMap<>();
    for (String name : List.of("state", "camera", "type", "since")) {
      call.text(name).ifPresent(value -> conditions.put(name, value));
    }
    return conditions;
  }

  private ApiReply list(ApiCall call) {
    ReportFilter filter =
        new ReportFilter(
            call.constant("state", ReportState.class).orElse(null),
            call.text("camera").map(ReportApi::camera).orElse(null),
            call.text("type").orElse(null),
            call.time("since").orElse(null),
            call.integer("limit"),
            call.text("cursor").orElse(null),
            visible(call.caller()));
    try {
      ReportAnswer.Page page = ReportAnswer.Page.of(reports.list(filter));
      audit.record(
          AuditEvent.of(AuditEventType.REPORT_SEARCHED, call.actor(), call.origin())
              .detail("filter", conditions(call)));
      return ApiReply.json(page);
    } catch (InvalidReportRequestException e) {
      throw Problem.badField(e.field(), e);
    }
  }

  private List<ReportFilter.Part> visible(Caller caller) {
    List<CameraPlace> places =
        cameras.all().stream().map(view -> CameraPlaces.of(view.config())).toList();
    return caller.reach(Permission.EVIDENCE, places).stream()
        .map(reach -> new ReportFilter.Part(reach.cameras(), reach.from(), reach.agency()))
        .toList();
  }

  /** The contract's pattern lets a line break stand at the end. */
  private static CameraId camera(String value) {
    try {
      return new CameraId(value);
    } catch (IllegalArgumentException e) {
      throw Problem.badField("camera", "Expected: a camera's id.");
    }
  }

  /** A report that the caller may not see is not there. */
  private Report find(ApiCall call) {
    ReportId id = id(call);
    return reports
        .find(id)
        .filter(report -> may(call.caller(), Permission.EVIDENCE, report))
        .orElseThrow(() -> Problem.notFound("report " + id));
  }

  private boolean may(Caller caller, Permission permission, Report report) {
    return caller.may(
        permission,
        CameraPlaces.of(report.origin().camera(), cameras),
        report.times().receivedAt(),
        report.handling().agency());
  }

  private static ReportId id(ApiCall call) {
    String id = call.path("id");
    if (!ReportId.valid(id)) {
      throw Problem.notFound("report " + ErrorText.shown(id));
    }
    return ReportId.of(id);
  }

  private ApiReply act(ApiCall call, ReportAction action) {
    Report report = find(call);
    ReportId id = report.id();
    if (!may(call.caller(), permission(action), report)) {
      throw Problem.of(
          403, "This needs the permission '" + permission(action).wire() + "' on its camera.");
    }
    Decision body = call.body(Decision.class);
    try {
      return ApiReply.json(
          ReportAnswer.whole(
              reports.act(
                  id,
                  action,
                  text("reason", body.reason()),
                  text("agency", body.agency()),
                  call.actor(),
                  call.origin())));
    } catch (UnknownReportException e) {
      throw Problem.notFound("report " + id);
    } catch (InvalidReportRequestException e) {
      throw Problem.badField(e.field(), e);
    } catch (IllegalTransitionException e) {
      throw Problem.of(409, e);
    }
  }

  private static Permission permission(ReportAction action) {
    return switch (action) {
      case VERIFY, REJECT -> Permission.REVIEW;
      case ASSIGN -> Permission.ASSIGN;
      case RESOLVE -> Permission.RESOLVE;
    };
  }

  /** The contract's {@code Decision}. */
  private record Decision(@Nullable String reason, @Nullable String agency) {}

  private static @Nullable String text(String key, @Nullable String value) {
    if (value != null && value.isBlank()) {
      throw Problem.badField(key, "Expected: a text that is not empty.");
    }
    return value;
  }

  private ApiReply evidence(ApiCall call) {
    Report report = find(call);
    String name = call.path("name");
    EvidenceItem item =
        report.evidence().stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(() -> Problem.notFound("such evidence of report " + report.id()));
    Path file =
        evidence
            .file(report.origin().alert(), item.name())
            .orElseThrow(() -> Problem.notFound("file of that evidence any more"));
    audit.record(
        about(AuditEventType.EVIDENCE_VIEWED, report, call)
            .detail("file", item.name())
            .detail("sha256", item.sha256()));
    return new ApiReply.File(
        file,
        item.size(),
        item.mediaType(),
        '"' + item.sha256() + '"',
        Map.of("Content-Security-Policy", FILE_POLICY, "Cache-Control", "private, no-cache"));
  }
}
