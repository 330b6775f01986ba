package io.kydai.console.http.api.camera;

import io.kydai.analytics.rules.settings.SignalFeed.Light;
import io.kydai.analytics.signals.ControllerMessage;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.ingest.source.CameraId;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The operations on traffic signals: their states, and messages of their controllers. */
public final class SignalApi {
  private static final Duration AHEAD = Duration.ofSeconds(5);
  private static final Duration OLDEST = Duration.ofDays(1);
  private static final double USUAL_SECONDS = 10;

  private final Cameras cameras;
  private final AuditGroups audit;
  private final Clock clock;

  public SignalApi(Cameras cameras, AuditGroups audit, Clock clock) {
    this.cameras = cameras;
    this.audit = audit;
    this.clock = clock;
  }

  public void register(Endpoints endpoints, WorkerExecutor worker) {
    endpoints.on("listSignals", worker, this::list).on("tellSignal", worker, this::tell);
  }

  private CameraId find(ApiCall call) {
    return CameraApi.find(call, cameras).config().id();
  }

  private ApiReply list(ApiCall call) {
    CameraId id = find(call);
    return ApiReply.json(
        new SignalAnswer.SignalList(
            id.value(), cameras.signals(id).stream().map(SignalAnswer::of).toList()));
  }

  private ApiReply tell(ApiCall call) {
    CameraId id = find(call);
    String signal = call.path("signal");
    SignalWord said = call.body(SignalWord.class);
    ControllerMessage word = message(said);
    audit.record(
        AuditEvent.of(AuditEventType.SIGNAL_TOLD, call.actor(), call.origin())
            .camera(id.value())
            .detail("signal", signal)
            .detail("state", said.state()));
    try {
      if (!cameras.tell(id, signal, word)) {
        throw Problem.notFound(
            "signal "
                + ErrorText.shown(signal)
                + " of camera "
                + id
                + ": neither a zone with 'use: signal' nor a red-light rule with 'external: true'"
                + " has that name");
      }
    } catch (IllegalArgumentException e) {
      throw Problem.of(409, "Too late: " + e.getMessage() + ".");
    }
    return cameras.signals(id).stream()
        .filter(state -> state.signal().equals(signal))
        .findFirst()
        .map(state -> ApiReply.json(SignalAnswer.of(state)))
        .orElseThrow(() -> Problem.notFound("camera " + id + " any more"));
  }

  /**
   * The contract's {@code SignalWord}.
   *
   * @param validFor in seconds
   */
  private record SignalWord(String state, @Nullable String since, @Nullable Double validFor) {}

  private ControllerMessage message(SignalWord word) {
    Instant now = clock.instant();
    Instant since = word.since() == null ? now : ApiCall.time("since", word.since());
    if (since.isAfter(now.plus(AHEAD)) || since.isBefore(now.minus(OLDEST))) {
      throw Problem.badField(
          "since", "Expected: a time of the last day; the node's clock says " + now + ".");
    }
    double seconds = word.validFor() == null ? USUAL_SECONDS : word.validFor();
    Duration valid = Duration.ofMillis(Math.round(seconds * 1000));
    Instant from = since.isAfter(now) ? since : now;
    Light light =
        word.state().equals(SignalAnswer.UNKNOWN)
            ? null
            : ErrorText.constant(Light.class, word.state());
    return new ControllerMessage(light, since, from.plus(valid), now);
  }
}
