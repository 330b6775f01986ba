package io.kydai.console.http.api;

import static io.vertx.core.http.HttpMethod.GET;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.console.http.server.ApiReply;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.http.server.Json;
import io.kydai.console.http.server.Problem;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** The process's own part of the API. */
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
        .on(GET, "/healthz", worker, call -> health())
        .on(GET, "/metrics", worker, call -> metrics())
        .on(GET, "/api/v1/openapi.json", worker, call -> contract);
  }

  static byte[] readContract() {
    try (InputStream in = NodeApi.class.getResourceAsStream("openapi.json")) {
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
    ObjectNode states = Json.object();
    roles.forEach((role, fault) -> states.put(role, fault.isPresent() ? "down" : "up"));
    String faults =
        roles.entrySet().stream()
            .filter(role -> role.getValue().isPresent())
            .map(role -> role.getKey() + " is not up: " + role.getValue().orElseThrow())
            .collect(Collectors.joining("; "));
    if (faults.isEmpty()) {
      ObjectNode up = Json.object().put("status", "up");
      up.set("roles", states);
      return ApiReply.json(up);
    }
    ObjectNode problem = Problem.of(503, faults).document();
    problem.set("roles", states);
    return new ApiReply.Bytes(503, Problem.MEDIA_TYPE, Json.bytes(problem), Map.of());
  }

  private ApiReply metrics() {
    byte[] text = metrics.scrape(OPEN_METRICS).getBytes(StandardCharsets.UTF_8);
    return new ApiReply.Bytes(200, OPEN_METRICS, text, Map.of());
  }
}
