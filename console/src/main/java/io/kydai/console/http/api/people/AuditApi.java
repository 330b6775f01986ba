package io.kydai.console.http.api.people;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditExport;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.AuditPage;
import io.kydai.console.audit.InvalidAuditFilterException;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Json;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The operations that read the audit. Each reading has an entry of its own. */
public final class AuditApi {
  private final AuditLog audit;

  public AuditApi(AuditLog audit) {
    this.audit = requireNonNull(audit);
  }

  /**
   * @param desk runs what waits for the database
   * @param exports runs exports, which wait for their readers
   */
  public void register(Endpoints endpoints, WorkerExecutor desk, WorkerExecutor exports) {
    endpoints.on("listAudit", desk, this::list).on("exportAudit", exports, this::export);
  }

  private ApiReply list(ApiCall call) {
    AuditFilter filter =
        new AuditFilter(
            since(call),
            call.time("until").orElse(null),
            call.text("actor").orElse(null),
            call.text("type").map(AuditApi::type).orElse(null),
            call.text("camera").orElse(null),
            call.text("report").orElse(null),
            call.integer("limit"),
            call.text("cursor").orElse(null));
    try {
      AuditPage page = audit.list(filter);
      audit.append(
          AuditEvent.of(AuditEventType.AUDIT_READ, call.actor(), call.origin())
              .detail("filter", conditions(call))
              .detail("found", page.entries().size()));
      return new ApiReply.Bytes(200, "application/json", json(page), Map.of());
    } catch (InvalidAuditFilterException e) {
      throw Problem.badField(e.field(), e);
    }
  }

  /** Returns the beginning of the asked span, as far as the caller may see it; null for none. */
  private static @Nullable Instant since(ApiCall call) {
    Instant asked = call.time("since").orElse(Instant.EPOCH);
    Instant from = asked.isBefore(call.visibleFrom()) ? call.visibleFrom() : asked;
    return from.isAfter(Instant.EPOCH) ? from : null;
  }

  private static AuditEventType type(String name) {
    return AuditEventType.of(name)
        .orElseThrow(() -> Problem.badField("type", "Expected: a type of docs/audit-events.md."));
  }

  private static Map<String, Object> conditions(ApiCall call) {
    Map<String, Object> conditions = new TreeMap<>();
    for (String name : List.of("since", "until", "actor", "type", "camera", "report", "cursor")) {
      call.text(name).ifPresent(value -> conditions.put(name, value));
    }
    return conditions;
  }

  /**
   * The entries are written as they are exported, in canonical form, so that they are verifiable.
   */
  private static byte[] json(AuditPage page) {
    String entries = page.entries().stream().map(AuditEntry::json).collect(Collectors.joining(","));
    String next = page.next() == null ? "" : ",\"next\":" + Json.text(page.next());
    return ("{\"entries\":[" + entries + "]" + next + "}").getBytes(UTF_8);
  }

  private ApiReply export(ApiCall call) {
    AuditExport.Format format = call.constant("format", AuditExport.Format.class).orElseThrow();
    Instant since = since(call);
    Instant until = call.time("until").orElse(null);
    AuditExport export = audit.export(since, until, format);
    audit.append(
        AuditEvent.of(AuditEventType.AUDIT_EXPORTED, call.actor(), call.origin())
            .detail("format", format)
            .detail("since", since)
            .detail("until", until));
    String name = "attachment; filename=\"audit." + call.text("format").orElseThrow() + '"';
    return new ApiReply.Stream(
        format.mediaType(), export::writeTo, Map.of("Content-Disposition", name));
  }
}
