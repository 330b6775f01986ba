package io.kydai.console.http.api;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.PUT;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.analytics.rules.settings.SignalFeed.Light;
import io.kydai.analytics.rules.settings.SignalFeed.Shown;
import io.kydai.analytics.signals.ControllerMessage;
import io.kydai.analytics.signals.SignalState;
import io.kydai.console.http.server.ApiCall;
import io.kydai.console.http.server.ApiReply;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.http.server.ErrorText;
import io.kydai.console.http.server.Json;
import io.kydai.console.http.server.Problem;
import io.kydai.ingest.source.CameraId;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Traffic signals, as the contract has them: what is believed, and what controllers tell. */
public final class SignalApi {
  private static final String ALL = "/api/v1/cameras/{id}/signals";
  private static final String ONE = ALL + "/{signal}";
  private static final Set<String> KEYS = Set.of("state", "since", "valid-for");
  private static final Duration AHEAD = Duration.ofSeconds(5);
  private static final Duration OLDEST = Duration.ofDays(1);
  private static final double LEAST_SECONDS = 0.1;
  private static final double MOST_SECONDS = 300;
  private static final double USUAL_SECONDS = 10;

  private final Cameras cameras;
  private final Clock clock;

  public SignalApi(Cameras cameras, Clock clock) {
    this.cameras = cameras;
    this.clock = clock;
  }

  public void register(Endpoints endpoints, WorkerExecutor worker) {
    endpoints.on(GET, ALL, worker, this::list).on(PUT, ONE, worker, this::tell);
  }

  private CameraId find(ApiCall call) {
    CameraId id = CameraApi.id(call.path("id"));
    return cameras.find(id).orElseThrow(() -> Problem.notFound("camera " + id)).config().id();
  }

  private ApiReply list(ApiCall call) {
    CameraId id = find(call);
    ObjectNode json = Json.object().put("camera", id.value());
    ArrayNode list = json.putArray("signals");
    cameras.signals(id).forEach(state -> list.add(signal(state)));
    return ApiReply.json(json);
  }

  private ApiReply tell(ApiCall call) {
    CameraId id = find(call);
    String signal = call.path("signal");
    ControllerMessage word = word(call.json());
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
        .map(state -> ApiReply.json(signal(state)))
        .orElseThrow(() -> Problem.notFound("camera " + id + " any more"));
  }

  private ControllerMessage word(Map<String, Object> body) {
    for (String key : body.keySet()) {
      if (!KEYS.contains(key)) {
        throw Problem.badField(ErrorText.shown(key), "Expected: " + ErrorText.sorted(KEYS) + ".");
      }
    }
    Instant now = clock.instant();
    Instant since = Optional.ofNullable(body.get("since")).map(SignalApi::time).orElse(now);
    if (since.isAfter(now.plus(AHEAD)) || since.isBefore(now.minus(OLDEST))) {
      throw Problem.badField(
          "since", "Expected: a time of the last day; the node's clock says " + now + ".");
    }
    Object seconds = body.getOrDefault("valid-for", USUAL_SECONDS);
    if (!(seconds instanceof Number number)
        || !(number.doubleValue() >= LEAST_SECONDS && number.doubleValue() <= MOST_SECONDS)) {
      throw Problem.badField("valid-for", "Expected: 0.1 to 300 seconds.");
    }
    Duration valid = Duration.ofMillis(Math.round(number.doubleValue() * 1000));
    Instant from = since.isAfter(now) ? since : now;
    return new ControllerMessage(light(body.get("state")), since, from.plus(valid), now);
  }

  private static Instant time(Object value) {
    if (value instanceof String text) {
      try {
        return OffsetDateTime.parse(text).toInstant();
      } catch (DateTimeException e) {
        throw Problem.badField("since", "Expected: a time such as 2026-11-22T08:30:00Z.");
      }
    }
    throw Problem.badField("since", "Expected: a time such as 2026-11-22T08:30:00Z.");
  }

  private static Optional<Light> light(Object value) {
    if ("unknown".equals(value)) {
      return Optional.empty();
    }
    for (Light light : Light.values()) {
      if (ErrorText.dashed(light).equals(value)) {
        return Optional.of(light);
      }
    }
    throw Problem.badField("state", "Expected: red, amber, green or unknown.");
  }

  private static ObjectNode signal(SignalState state) {
    ObjectNode json = Json.object().put("signal", state.signal());
    shown(json, state.shown());
    state.shown().ifPresent(shown -> json.put("source", ErrorText.dashed(shown.source())));
    state
        .lamps()
        .ifPresent(
            lamps -> {
              ObjectNode node = json.putObject("lamps");
              shown(node, lamps.shown());
              lamps.doubt().ifPresent(doubt -> node.put("doubt", doubt));
            });
    state
        .told()
        .ifPresent(
            word ->
                json.putObject("told")
                    .put("state", name(word.light()))
                    .put("since", word.since().toString())
                    .put("until", word.until().toString()));
    return json;
  }

  private static void shown(ObjectNode json, Optional<Shown> shown) {
    json.put("state", name(shown.map(Shown::light)));
    shown.ifPresent(known -> json.put("since", known.since().toString()));
  }

  private static String name(Optional<Light> light) {
    return light.map(ErrorText::dashed).orElse("unknown");
  }
}
