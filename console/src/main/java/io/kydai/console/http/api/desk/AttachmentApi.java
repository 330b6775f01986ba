package io.kydai.console.http.api.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.console.attachments.Attachment;
import io.kydai.console.attachments.Attachments;
import io.kydai.console.attachments.FileFormat;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.users.Permission;
import io.vertx.core.WorkerExecutor;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The operations on the attachments of reports. */
public final class AttachmentApi {
  private final Attachments attachments;
  private final ReportQueue reports;
  private final ReportAccess access;
  private final AuditGroups audit;

  public AttachmentApi(Desk desk, Cameras cameras, AuditGroups audit) {
    this.attachments = desk.attachments();
    this.reports = desk.reports();
    this.access = new ReportAccess(desk.reports(), cameras);
    this.audit = audit;
  }

  /**
   * @param desk runs what waits for the database and the disk
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("listAttachments", desk, this::list)
        .on("addAttachment", desk, this::add)
        .on("getAttachment", desk, this::file)
        .on("removeAttachment", desk, this::remove);
  }

  private ApiReply list(ApiCall call) {
    Report report = access.find(call);
    return ApiReply.json(
        new AttachmentList(
            attachments.of(report.id()).stream().map(AttachmentAnswer::of).toList()));
  }

  private ApiReply add(ApiCall call) {
    Report report = access.find(call);
    try {
      // As for every operation, a body that cannot be one is refused before rights on its report.
      Attachments.checkFormat(call.body());
      access.checkWorksOn(call.caller(), report);
      Attachment added =
          attachments.add(
              report,
              call.text("name").orElse("attachment"),
              call.flag("public"),
              call.body(),
              call.actor(),
              call.origin());
      return ApiReply.json(201, AttachmentAnswer.of(added), Map.of());
    } catch (InvalidReportRequestException e) {
      throw Problem.badField(e.field(), e);
    }
  }

  private ApiReply file(ApiCall call) {
    Report report = access.find(call);
    Attachment found = find(report, call);
    Path file = attachments.file(found);
    if (!Files.isRegularFile(file)) {
      throw Problem.notFound("file of that attachment any more");
    }
    audit.record(
        AuditEvent.of(AuditEventType.EVIDENCE_VIEWED, call.actor(), call.origin())
            .camera(report.origin().camera().value())
            .report(report.id().value())
            .detail("file", found.name())
            .detail("sha256", found.sha256()));
    return new ApiReply.File(
        file,
        found.size(),
        found.format().mediaType(),
        '"' + found.sha256() + '"',
        Map.of(
            "Content-Security-Policy",
            ReportApi.FILE_POLICY,
            "Cache-Control",
            "private, no-cache",
            "Content-Disposition",
            disposition(found)));
  }

  private Attachment find(Report report, ApiCall call) {
    return attachments
        .find(report.id(), call.path("attachment"))
        .orElseThrow(() -> Problem.notFound("such attachment of report " + report.id()));
  }

  /** Who reviews the report removes any; who works on it, what was attached under the own name. */
  private ApiReply remove(ApiCall call) {
    Report report = access.find(call);
    String reason = call.text("reason").map(String::strip).orElse("");
    if (reason.isEmpty()) {
      throw Problem.badField("reason", "Expected: why it is removed; the history has it.");
    }
    Attachment found = find(report, call);
    if (access.may(call.caller(), Permission.REVIEW, report)
        || !found.actor().equals(call.actor().name())) {
      access.check(call.caller(), Permission.REVIEW, report);
    } else {
      access.checkWorksOn(call.caller(), report);
    }
    if (!attachments.remove(reports, found, reason, call.actor(), call.origin())) {
      throw Problem.notFound("such attachment of report " + report.id());
    }
    return ApiReply.done();
  }

  /** RFC 6266 with the name of RFC 8187; a PDF can run what a picture cannot, and is not opened. */
  private static String disposition(Attachment one) {
    String name = URLEncoder.encode(one.name(), UTF_8).replace("+", "%20").replace("*", "%2A");
    return (one.format() == FileFormat.PDF ? "attachment" : "inline")
        + "; filename=\"attachment."
        + one.format().ending()
        + "\"; filename*=UTF-8''"
        + name;
  }

  /** The contract's {@code Attachment}. */
  private record AttachmentAnswer(
      String id,
      Instant at,
      String actor,
      boolean isPublic,
      String name,
      String mediaType,
      long size,
      String sha256,
      boolean exif,
      String href) {
    static AttachmentAnswer of(Attachment one) {
      return new AttachmentAnswer(
          one.id(),
          one.at(),
          one.actor(),
          one.open(),
          one.name(),
          one.format().mediaType(),
          one.size(),
          one.sha256(),
          one.exif(),
          "/api/v1/reports/" + one.report() + "/attachments/" + one.id());
    }
  }

  /** The contract's {@code AttachmentList}. */
  private record AttachmentList(List<AttachmentAnswer> attachments) {}
}
