package io.kydai.console.http.api.site;

import static java.util.Objects.requireNonNull;

import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraApi;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.CameraView;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.statistics.InvalidStatisticsRequestException;
import io.kydai.console.statistics.StatisticsAnswer;
import io.kydai.console.statistics.StatisticsReader;
import io.kydai.console.statistics.StatisticsRequest;
import io.kydai.console.statistics.Step;
import io.kydai.console.users.CameraPlace;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The operations that read the statistics. */
public final class StatisticsApi {
  private static final int MAX_CAMERAS = 1_000;

  private final StatisticsReader statistics;
  private final Cameras cameras;
  private final ZoneId zone;

  /**
   * @param zone in which days and hours begin
   */
  public StatisticsApi(StatisticsReader statistics, Cameras cameras, ZoneId zone) {
    this.statistics = requireNonNull(statistics);
    this.cameras = requireNonNull(cameras);
    this.zone = requireNonNull(zone);
  }

  /**
   * @param desk runs what waits for the database
   * @param exports runs exports, which wait for their readers
   */
  public void register(Endpoints endpoints, WorkerExecutor desk, WorkerExecutor exports) {
    endpoints
        .on("getStatistics", desk, call -> ApiReply.json(StatisticsAnswers.of(read(call))))
        .on("exportStatistics", exports, this::export);
  }

  private ApiReply export(ApiCall call) {
    StatisticsAnswer answer = read(call);
    return new ApiReply.Stream(
        "text/csv; charset=utf-8",
        out -> StatisticsText.write(answer, out),
        Map.of("Content-Disposition", "attachment; filename=\"statistics.csv\""));
  }

  private StatisticsAnswer read(ApiCall call) {
    Instant from = call.time("from").orElseThrow(() -> missing("from"));
    Instant to = call.time("to").orElseThrow(() -> missing("to"));
    Step step = call.text("step").flatMap(Step::of).orElse(Step.HOUR);
    try {
      return statistics.read(
          new StatisticsRequest(
              from,
              to,
              step,
              zone,
              since(call),
              call.text("element").orElse(null),
              names(call, "classes")));
    } catch (InvalidStatisticsRequestException e) {
      throw Problem.badField(e.field(), e);
    }
  }

  private static Problem missing(String field) {
    return Problem.badField(field, "Expected: a time such as 2026-11-22T08:30:00Z.");
  }

  private static Set<String> names(ApiCall call, String field) {
    return call.text(field)
        .<Set<String>>map(text -> new LinkedHashSet<>(List.of(text.split(",", -1))))
        .orElse(Set.of());
  }

  /** Returns the cameras that are asked for, and from when on the caller may see their past. */
  private Map<CameraId, Instant> since(ApiCall call) {
    Map<CameraId, Instant> since = new HashMap<>();
    Set<String> asked = names(call, "cameras");
    if (asked.isEmpty()) {
      for (CameraView view : cameras.all()) {
        CameraPlace place = CameraPlaces.of(view.config());
        call.caller()
            .since(Permission.HISTORY, place)
            .ifPresent(from -> since.put(place.camera(), from));
      }
      return since;
    }
    if (asked.size() > MAX_CAMERAS) {
      throw Problem.badField("cameras", "Expected: at most " + MAX_CAMERAS + " ids.");
    }
    for (String name : asked) {
      CameraId id = CameraApi.id(name);
      since.put(
          id,
          call.caller()
              .since(Permission.HISTORY, CameraPlaces.of(id, cameras))
              .orElseThrow(() -> Problem.notFound("camera " + id)));
    }
    return since;
  }
}
