package io.kydai.console.http.api.search;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.desk.ReportAnswer;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.search.ReportSearch;
import io.kydai.console.search.SearchRequest;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The operations that find reports. */
public final class SearchApi {
  private static final List<String> CONDITIONS =
      List.of(
          "from", "until", "camera", "group", "area", "polygon", "type", "state", "agency", "text",
          "plate");

  private final ReportSearch search;
  private final SearchConditions conditions;
  private final Cameras cameras;
  private final FilterWords words;
  private final AuditGroups audit;
  private final ZoneId zone;
  private final Clock clock;

  /**
   * Creates the operations.
   *
   * @param words say in a file what was searched
   * @param zone of the times in files
   */
  public SearchApi(
      ReportSearch search,
      SearchConditions conditions,
      Cameras cameras,
      FilterWords words,
      AuditGroups audit,
      ZoneId zone,
      Clock clock) {
    this.search = requireNonNull(search);
    this.conditions = requireNonNull(conditions);
    this.cameras = requireNonNull(cameras);
    this.words = requireNonNull(words);
    this.audit = requireNonNull(audit);
    this.zone = requireNonNull(zone);
    this.clock = requireNonNull(clock);
  }

  /**
   * Registers the operations.
   *
   * @param desk runs what waits for the database
   * @param exports runs exports, which wait for their readers
   */
  public void register(Endpoints endpoints, WorkerExecutor desk, WorkerExecutor exports) {
    endpoints.on("searchReports", desk, this::page).on("exportReports", exports, this::export);
  }

  private ApiReply page(ApiCall call) {
    try {
      SearchRequest request = conditions.of(call);
      ReportAnswer.Page page =
          ReportAnswer.Page.of(
              search.page(request, call.integer("limit"), call.text("cursor").orElse(null)),
              cameras);
      audit.record(event(AuditEventType.REPORT_SEARCHED, call));
      return ApiReply.json(page);
    } catch (InvalidReportRequestException e) {
      throw Problem.badField(e.field(), e);
    }
  }

  /** The kind of a file. */
  private enum Format {
    CSV("text/csv; charset=utf-8"),
    XLSX(ReportsWorkbook.MEDIA_TYPE),
    PDF("application/pdf");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }
  }

  private ApiReply export(ApiCall call) {
    try {
      SearchRequest request = conditions.of(call);
      Format format = call.constant("format", Format.class).orElse(Format.CSV);
      String name = format.name().toLowerCase(Locale.ROOT);
      ApiReply.BodyWriter body = body(format, head(call), request);
      audit.record(event(AuditEventType.REPORTS_EXPORTED, call).detail("format", name));
      return new ApiReply.Stream(
          format.mediaType,
          body,
          Map.of("Content-Disposition", "attachment; filename=\"reports." + name + "\""));
    } catch (InvalidReportRequestException e) {
      throw Problem.badField(e.field(), e);
    }
  }

  private FileHead head(ApiCall call) {
    FileWords in =
        FileWords.of(
            call.constant("language", FileWords.Language.class).orElse(FileWords.Language.VI));
    return new FileHead(
        in,
        words.of(call, in),
        call.text("reason").orElse(null),
        call.actor().name(),
        clock.instant(),
        zone);
  }

  private ApiReply.BodyWriter body(Format format, FileHead head, SearchRequest request) {
    return switch (format) {
      case CSV -> out -> new ReportsText(cameras, zone, out).write(search, request);
      case XLSX -> out -> new ReportsWorkbook(cameras, head, out).write(search, request);
      case PDF ->
          out -> new ReportsDocument(cameras, head, words::agency).write(search, request, out);
    };
  }

  /** Returns the event with the conditions that were given, and the reason. */
  private static AuditEvent event(AuditEventType type, ApiCall call) {
    Map<String, Object> given = new TreeMap<>();
    for (String name : CONDITIONS) {
      call.text(name).ifPresent(value -> given.put(name, value));
    }
    return AuditEvent.of(type, call.actor(), call.origin())
        .reason(call.text("reason").orElse(null))
        .detail("filter", given);
  }
}
