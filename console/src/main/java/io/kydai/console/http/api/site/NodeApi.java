package io.kydai.console.http.api.site;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Json;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.server.Endpoints;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The operations on the node itself: health, metrics and the contract. */
public final class NodeApi {
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final Health health;
  private final PrometheusMeterRegistry metrics;
  private final ApiReply contract;

  public NodeApi(Health health, PrometheusMeterRegistry metrics) {
    this.health = health;
    this.metrics = metrics;
    this.contract = new ApiReply.Bytes(200, "application/json", readContract(), Map.of());
  }

  public void register(Endpoints endpoints, WorkerExecutor worker) {
    endpoints
        .on("health", worker, call -> health())
        .on("metrics", worker, call -> metrics())
        .on("contract", worker, call -> contract);
  }

  /** Returns {@code openapi.json} as it lies on the class path. */
  public static byte[] readContract() {
    try (InputStream in =
        NodeApi.class.getResourceAsStream("/io/kydai/console/http/api/openapi.json")) {
      if (in == null) {
        throw new IllegalStateException("openapi.json is missing from the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ApiReply health() {
    SortedMap<String, Optional<String>> roles = health.roles();
    Map<String, String> states = new TreeMap<>();
    roles.forEach((role, fault) -> states.put(role, fault.isPresent() ? "down" : "up"));
    String faults =
        roles.entrySet().stream()
            .filter(role -> role.getValue().isPresent())
            .map(role -> role.getKey() + " is not up: " + role.getValue().orElseThrow())
            .collect(Collectors.joining("; "));
    if (faults.isEmpty()) {
      return ApiReply.json(new HealthAnswer("up", states, health.notes()));
    }
    HealthProblem problem =
        new HealthProblem(Problem.of(503, faults).document(null), states, health.notes());
    return new ApiReply.Bytes(503, Problem.MEDIA_TYPE, Json.bytes(problem), Map.of());
  }

  /** The contract's {@code Health}. */
  private record HealthAnswer(String status, Map<String, String> roles, List<String> notes) {}

  /** The contract's {@code HealthProblem}. */
  private record HealthProblem(
      @JsonUnwrapped Problem.Document problem, Map<String, String> roles, List<String> notes) {}

  private ApiReply metrics() {
    byte[] text = metrics.scrape(OPEN_METRICS).getBytes(StandardCharsets.UTF_8);
    return new ApiReply.Bytes(200, OPEN_METRICS, text, Map.of());
  }
}
