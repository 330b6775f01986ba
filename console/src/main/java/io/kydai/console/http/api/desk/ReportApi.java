package io.kydai.console.http.api.desk;

import io.kydai.analytics.alert.AlertId;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.reports.Decision;
import io.kydai.console.reports.FollowsAnotherException;
import io.kydai.console.reports.IllegalTransitionException;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportChangedException;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.ReportState;
import io.kydai.console.reports.SecondLookException;
import io.kydai.console.reports.UnknownReportException;
import io.kydai.console.search.SearchWords;
import io.kydai.console.users.Directory;
import io.kydai.console.verifier.Remarks;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.evidence.EvidenceItem;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The operations on the report queue. */
public final class ReportApi {

  /** The policy of a file of a report that is opened in a tab: it is shown, and loads nothing. */
  static final String FILE_POLICY =
      "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox";

  /** Finds files of evidence. */
  @FunctionalInterface
  public interface Evidence {
    Optional<Path> file(AlertId alertId, String name);
  }

  private final ReportQueue reports;
  private final ReportAccess access;
  private final Directory directory;
  private final Cameras cameras;
  private final MaskedEvidence masked;
  private final Evidence evidence;
  private final AuditGroups audit;
  private final Remarks remarks;

  public ReportApi(
      Desk desk, Directory directory, Cameras cameras, Evidence evidence, AuditGroups audit) {
    this.directory = directory;
    this.audit = audit;
    this.reports = desk.reports();
    this.remarks = desk.remarks();
    this.access = new ReportAccess(reports, cameras);
    this.cameras = cameras;
    this.masked = new MaskedEvidence(cameras);
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
    Report report = access.find(call);
    audit.record(about(AuditEventType.REPORT_VIEWED, report, call));
    return answer(report);
  }

  private ApiReply answer(Report report) {
    return ApiReply.json(ReportAnswer.whole(report, remarks.of(report.id()).orElse(null), cameras));
  }

  private static AuditEvent about(AuditEventType type, Report report, ApiCall call) {
    return AuditEvent.of(type, call.actor(), call.origin())
        .camera(report.origin().camera().value())
        .report(report.id().value());
  }

  /** The conditions of a search as the audit has them: those that were given. */
  private static Map<String, Object> conditions(ApiCall call) {
    Map<String, Object> conditions = new TreeMap<>();
    for (String name : List.of("state", "camera", "type", "since", "agency", "text")) {
      call.text(name).ifPresent(value -> conditions.put(name, value));
    }
    if (call.flag("below")) {
      conditions.put("below", true);
    }
    return conditions;
  }

  private Set<String> agencies(String id, ApiCall call) {
    return call.flag("below") ? directory.agenciesUnder(id) : Set.of(id);
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
            access.visible(call.caller()),
            call.text("agency").map(id -> agencies(id, call)).orElse(null),
            call.text("text").map(SearchWords::asked).orElse(List.of()));
    try {
      ReportAnswer.Page page = ReportAnswer.Page.of(reports.list(filter), cameras);
      audit.record(
          AuditEvent.of(AuditEventType.REPORT_SEARCHED, call.actor(), call.origin())
              .detail("filter", conditions(call)));
      return ApiReply.json(page);
    } catch (InvalidReportRequestException e) {
      throw Problem.badField(e.field(), e);
    }
  }

  /** The contract's pattern lets a line break stand at the end. */
  private static CameraId camera(String value) {
    try {
      return new CameraId(value);
    } catch (IllegalArgumentException e) {
      throw Problem.badField("camera", "Expected: a camera's id.");
    }
  }

  private ApiReply act(ApiCall call, ReportAction action) {
    Report report = access.find(call);
    ReportId id = report.id();
    access.check(call.caller(), action.permission(), report);
    DecisionBody body = call.body(DecisionBody.class);
    // What the caller may do was asked of this version: it may be another agency's since.
    long seen = body.version() == null ? report.handling().version() : body.version();
    try {
      return answer(
          reports.act(
              id,
              new Decision(
                  action, text("reason", body.reason()), text("agency", body.agency()), seen),
              call.actor(),
              call.origin()));
    } catch (UnknownReportException e) {
      throw Problem.notFound("report " + id);
    } catch (InvalidReportRequestException e) {
      throw Problem.badField(e.field(), e);
    } catch (ReportChangedException
        | IllegalTransitionException
        | SecondLookException
        | FollowsAnotherException e) {
      throw Problem.of(409, e);
    }
  }

  /** The contract's {@code Decision}. */
  private record DecisionBody(
      @Nullable String reason, @Nullable String agency, @Nullable Long version) {}

  private static @Nullable String text(String key, @Nullable String value) {
    if (value != null && value.isBlank()) {
      throw Problem.badField(key, "Expected: a text that is not empty.");
    }
    return value;
  }

  private ApiReply evidence(ApiCall call) {
    Report report = access.find(call);
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
    Optional<ApiReply> hidden = masked.answer(call.caller(), report, item, file);
    audit.record(
        about(AuditEventType.EVIDENCE_VIEWED, report, call)
            .detail("file", item.name())
            .detail("sha256", item.sha256())
            .detail("masked", hidden.isPresent() ? true : null));
    if (hidden.isPresent()) {
      return hidden.get();
    }
    return new ApiReply.File(
        file,
        item.size(),
        item.mediaType(),
        '"' + item.sha256() + '"',
        Map.of("Content-Security-Policy", FILE_POLICY, "Cache-Control", "private, no-cache"));
  }
}
