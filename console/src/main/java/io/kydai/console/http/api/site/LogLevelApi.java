package io.kydai.console.http.api.site;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.AuditChanges;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.logging.NodeLog;
import io.vertx.core.WorkerExecutor;
import java.util.Map;
import java.util.SortedMap;

/** The operations on the levels of the node's log. Each change has an entry of the audit. */
public final class LogLevelApi {
  private final NodeLog log;
  private final AuditLog audit;

  public LogLevelApi(NodeLog log, AuditLog audit) {
    this.log = requireNonNull(log);
    this.audit = requireNonNull(audit);
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("listLogLevels", desk, call -> ApiReply.json(new Levels(log.levels())))
        .on("replaceLogLevels", desk, this::replace);
  }

  /** The contract's {@code LogLevels}. */
  private record Levels(Map<String, String> levels) {}

  private ApiReply replace(ApiCall call) {
    Map<String, String> wanted = call.body(Levels.class).levels();
    SortedMap<String, String> before;
    try {
      before = log.setLevels(wanted);
    } catch (IllegalArgumentException e) {
      throw Problem.badField("levels", e);
    }
    Map<String, Object> changes = AuditChanges.of(before, wanted);
    if (!changes.isEmpty()) {
      audit.append(
          AuditEvent.of(AuditEventType.SETTING_CHANGED, call.actor(), call.origin())
              .detail("setting", "log-levels")
              .detail("changes", changes));
    }
    return ApiReply.json(new Levels(log.levels()));
  }
}
