package io.kydai.console.http.api;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

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
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.ReportState;
import io.kydai.console.reports.UnknownReportException;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.evidence.EvidenceItem;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The report queue's part of the API. */
public final class ReportApi {
  private static final String ALL = "/api/v1/reports";
  private static final String ONE = ALL + "/{id}";
  private static final Set<String> FILTERS =
      Set.of("state", "camera", "type", "since", "limit", "cursor");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]{0,62}");
  private static final int LONGEST_CURSOR = 200;

  /** Until people log in, everybody is this one. */
  private static final String ACTOR = "operator";

  /** A page that opens a file of evidence in a tab may show it, and nothing else. */
  private static final String FILE_POLICY =
      "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox";

  /** Where files of evidence lie. */
  @FunctionalInterface
  public interface Evidence {
    Optional<Path> file(String alertId, String name);
  }

  private final ReportQueue reports;
  private final Evidence evidence;

  public ReportApi(ReportQueue reports, Evidence evidence) {
    this.reports = reports;
    this.evidence = evidence;
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on(GET, ALL, desk, this::list)
        .on(GET, ONE, desk, call -> ApiReply.json(ReportAnswer.whole(find(call))))
        .on(GET, ONE + "/evidence/{name}", desk, this::evidence);
    for (ReportAction action : ReportAction.values()) {
      endpoints.on(POST, ONE + "/" + ErrorText.dashed(action), desk, call -> act(call, action));
    }
  }

  private ApiReply list(ApiCall call) {
    call.only(FILTERS);
    ReportFilter filter =
        new ReportFilter(
            call.query(
                "state",
                "a state such as received or in-progress",
                value -> ErrorText.constant(ReportState.class, value)),
            call.query("camera", "a camera's id", CameraId::new),
            call.query("type", "a rule's type such as crowding", ReportApi::type),
            call.queryTime("since"),
            call.queryInteger("limit", 1, 200, 50),
            call.query("cursor", "next of the page before", ReportApi::cursor));
    try {
      return ApiReply.json(ReportAnswer.page(reports.list(filter)));
    } catch (InvalidReportRequestException e) {
      throw Problem.badField(e.field(), e.getMessage());
    }
  }

  private static String type(String value) {
    if (!TYPE.matcher(value).matches()) {
      throw new IllegalArgumentException();
    }
    return value;
  }

  private static String cursor(String value) {
    if (value.isEmpty() || value.length() > LONGEST_CURSOR) {
      throw new IllegalArgumentException();
    }
    return value;
  }

  private Report find(ApiCall call) {
    String id = id(call);
    return reports.find(id).orElseThrow(() -> Problem.notFound("report " + id));
  }

  private static String id(ApiCall call) {
    String id = call.path("id");
    if (!ID.matcher(id).matches()) {
      throw Problem.notFound("report " + ErrorText.shown(id));
    }
    return id;
  }

  private ApiReply act(ApiCall call, ReportAction action) {
    String id = id(call);
    Map<String, Object> body = call.json();
    body.keySet().stream()
        .filter(key -> !key.equals("reason") && !key.equals("agency"))
        .findFirst()
        .ifPresent(
            key -> {
              throw Problem.badField(
                  ErrorText.shown(key), "This key is unknown. Known: agency, reason.");
            });
    try {
      return ApiReply.json(
          ReportAnswer.whole(
              reports.act(id, action, text(body, "reason"), text(body, "agency"), ACTOR)));
    } catch (UnknownReportException e) {
      throw Problem.notFound("report " + id);
    } catch (InvalidReportRequestException e) {
      throw Problem.badField(e.field(), e.getMessage());
    } catch (IllegalTransitionException e) {
      throw Problem.of(409, e.getMessage());
    }
  }

  private static Optional<String> text(Map<String, Object> body, String key) {
    if (!body.containsKey(key)) {
      return Optional.empty();
    }
    if (body.get(key) instanceof String text && !text.isBlank()) {
      return Optional.of(text);
    }
    throw Problem.badField(key, "Expected: a text that is not empty.");
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
            .file(report.alertId(), item.name())
            .orElseThrow(() -> Problem.notFound("file of that evidence any more"));
    return new ApiReply.File(
        file,
        item.size(),
        item.mediaType(),
        '"' + item.sha256() + '"',
        Map.of("Content-Security-Policy", FILE_POLICY, "Cache-Control", "private, no-cache"));
  }
}
