package io.kydai.console.http.api.camera;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kydai.analytics.rules.RuleTypes;
import io.kydai.analytics.rules.counting.LineCounts;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.CameraJson;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Json;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.trial.Trial;
import io.kydai.console.trial.TrialAlert;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The operation that tries a rule on what a camera has seen, before the rule is saved. */
public final class TrialApi {
  private final Cameras cameras;
  private final AuditGroups audit;
  private final Clock clock;

  public TrialApi(Cameras cameras, AuditGroups audit, Clock clock) {
    this.cameras = cameras;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * @param worker runs trials, each of which takes up to some seconds
   */
  public void register(Endpoints endpoints, WorkerExecutor worker) {
    endpoints.on("tryRule", worker, this::tryRule);
  }

  /**
   * The contract's {@code Trial}.
   *
   * @param cause why it is not possible; null where it is
   * @param observedSeconds for how long the camera was analysed between {@code from} and {@code to}
   * @param alerts how many alerts the rule would have raised
   * @param counted what it would have counted, by class
   */
  private record TrialAnswer(
      boolean possible,
      @Nullable String cause,
      Instant from,
      Instant to,
      long observedSeconds,
      int alerts,
      Map<String, Long> counted,
      List<FoundAnswer> found) {}

  private record FoundAnswer(
      Instant at, Instant until, String reason, @JsonProperty("boxes") List<List<Double>> boxes) {
    static FoundAnswer of(TrialAlert alert) {
      return new FoundAnswer(
          alert.at(),
          alert.until(),
          alert.reason(),
          alert.boxes().stream().map(FoundAnswer::box).toList());
    }

    private static List<Double> box(Box box) {
      return List.of(
          rounded(box.left()), rounded(box.top()), rounded(box.right()), rounded(box.bottom()));
    }

    private static double rounded(float part) {
      return Math.round(part * 10_000.0) / 10_000.0;
    }
  }

  private ApiReply tryRule(ApiCall call) {
    CameraConfig camera = CameraApi.find(call, cameras).config();
    CameraId id = camera.id();
    Map<String, Object> keys = new LinkedHashMap<>(CameraJson.write(camera));
    if (call.json().get("scene") != null) {
      keys.put("scene", call.json().get("scene"));
    }
    keys.put("rules", List.of(call.json().get("rule")));
    CameraConfig proposed = CameraApi.read(() -> CameraJson.read(id, Json.bytes(keys)));
    RuleSpec rule = proposed.rules().get(0);
    int hours = call.json().get("hours") instanceof Number number ? number.intValue() : 6;
    audit.record(
        AuditEvent.of(AuditEventType.RULE_TRIED, call.actor(), call.origin())
            .camera(id.value())
            .detail("type", rule.type()));
    Instant now = clock.instant();
    Instant since = now.minus(Duration.ofHours(hours));
    String cause = cause(rule);
    if (cause != null) {
      return ApiReply.json(new TrialAnswer(false, cause, since, now, 0, 0, Map.of(), List.of()));
    }
    return ApiReply.json(answer(trial(proposed, rule, since), since, now));
  }

  private Trial trial(CameraConfig camera, RuleSpec rule, Instant since) {
    try {
      return cameras.tryRule(camera.id(), camera.scene(), rule, since);
    } catch (IOException e) {
      throw Problem.of(503, "The kept observations cannot be read now.")
          .withHeader("Retry-After", "10");
    }
  }

  /** Returns why a rule cannot be tried on observations alone; null where it can. */
  private static @Nullable String cause(RuleSpec rule) {
    RuleType type = RuleTypes.all().get(rule.type());
    if (type == null || type.group() == RuleType.Group.CAMERA) {
      return "needs-picture";
    }
    if (type.needs().contains(RuleType.Need.SIGNAL)) {
      return "needs-signal";
    }
    return type.needs().contains(RuleType.Need.WATCH_LIST) ? "needs-plates" : null;
  }

  private static TrialAnswer answer(Trial trial, Instant from, Instant to) {
    Map<String, Long> counted = new TreeMap<>();
    trial
        .measured()
        .forEach(
            run -> {
              for (LineCounts line : run.lines()) {
                line.byClass()
                    .forEach(
                        (label, ways) ->
                            counted.merge(label, ways.forward() + ways.backward(), Long::sum));
              }
            });
    return new TrialAnswer(
        true,
        null,
        from,
        to,
        trial.observed().toSeconds(),
        trial.alerts(),
        counted,
        trial.found().stream().map(FoundAnswer::of).toList());
  }
}
