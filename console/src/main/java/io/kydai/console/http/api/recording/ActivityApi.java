package io.kydai.console.http.api.recording;

import io.kydai.analytics.scene.Point;
import io.kydai.console.activity.ActivityReader;
import io.kydai.console.activity.CellSet;
import io.kydai.console.activity.ObjectClass;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraApi;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.ingest.source.CameraId;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * What moved in front of a camera, and the times in which something moved in a region. One search
 * of a caller runs at a time: a newer one ends it.
 */
public final class ActivityApi {
  private static final Duration LONGEST = Duration.ofDays(31);
  private static final int MOST_STEPS = 1440;
  private static final int MOST_MOMENTS = 500;

  private final Cameras cameras;
  private final ActivityReader activity;
  private final AuditGroups audit;

  /** The newest search of each caller that has one; as many as there are threads for them. */
  private final Map<Actor, Object> searches = new ConcurrentHashMap<>();

  public ActivityApi(Cameras cameras, ActivityReader activity, AuditGroups audit) {
    this.cameras = cameras;
    this.activity = activity;
    this.audit = audit;
  }

  /**
   * @param worker runs what reads files
   */
  public void register(Endpoints endpoints, WorkerExecutor worker) {
    endpoints.on("listActivity", worker, this::list).on("searchActivity", worker, this::search);
  }

  /** The contract's {@code ActivityList}. */
  private record ActivityList(String camera, int step, List<StepAnswer> steps) {}

  private record StepAnswer(Instant from, Map<String, Integer> objects) {}

  private ApiReply list(ApiCall call) {
    CameraConfig camera = CameraApi.find(call, cameras).config();
    RecordingSpan span = RecordingSpan.asked(call, camera, LONGEST);
    Duration step = Duration.ofSeconds(call.integer("step"));
    // Whole steps, but none that begins before the right does.
    Instant from = RecordingSpan.stepAt(span.from(), step, span.cut());
    Instant to = RecordingSpan.stepAt(span.to(), step, true);
    if (Duration.between(from, to).compareTo(step.multipliedBy(MOST_STEPS)) > 0) {
      throw Problem.of(400, "There may be at most " + MOST_STEPS + " steps.");
    }
    try {
      return ApiReply.json(
          new ActivityList(
              camera.id().value(),
              (int) step.toSeconds(),
              activity.steps(camera.id(), from, to, step).stream()
                  .map(one -> new StepAnswer(one.from(), objects(one.most())))
                  .toList()));
    } catch (IOException e) {
      throw unreadable(camera.id(), e);
    }
  }

  private static Map<String, Integer> objects(Map<ObjectClass, Integer> counts) {
    Map<String, Integer> named = new TreeMap<>();
    counts.forEach((type, count) -> named.put(type.label(), count));
    return named;
  }

  private static UncheckedIOException unreadable(CameraId camera, IOException e) {
    return new UncheckedIOException("camera " + camera + ": what moved cannot be read", e);
  }

  /** The contract's {@code ActivitySearch}. */
  private record ActivitySearch(
      String from, String to, List<List<Double>> region, List<String> classes) {}

  /** The contract's {@code ActivityMoments}. */
  private record ActivityMoments(
      String camera, List<MomentAnswer> moments, Instant searchedTo, boolean more) {}

  private record MomentAnswer(Instant from, Instant to, Map<String, Integer> objects) {}

  private ApiReply search(ApiCall call) {
    CameraConfig camera = CameraApi.find(call, cameras).config();
    ActivitySearch body = call.body(ActivitySearch.class);
    RecordingSpan span =
        RecordingSpan.visible(
            call,
            camera,
            RecordingSpan.of(
                ApiCall.time("from", body.from()), ApiCall.time("to", body.to()), LONGEST));
    CellSet region =
        CellSet.touching(
            body.region().stream().map(at -> new Point(at.get(0), at.get(1))).toList());
    Set<ObjectClass> classes =
        body.classes() == null
            ? Set.of()
            : body.classes().stream()
                .map(name -> ErrorText.constant(ObjectClass.class, name))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ObjectClass.class)));
    audit.record(
        AuditEvent.of(AuditEventType.RECORDING_SEARCHED, call.actor(), call.origin())
            .camera(camera.id().value())
            .detail("from", span.from())
            .detail("to", span.to())
            .detail(
                "classes",
                classes.isEmpty()
                    ? null
                    : classes.stream().map(ObjectClass::label).collect(Collectors.joining(","))));
    Object own = new Object();
    searches.put(call.actor(), own);
    try {
      ActivityReader.Found found =
          activity.search(
              camera.id(),
              span.from(),
              span.to(),
              region,
              classes,
              MOST_MOMENTS,
              () -> searches.get(call.actor()) != own);
      if (searches.get(call.actor()) != own) {
        throw Problem.of(409, "A newer search took the place of this one.");
      }
      return ApiReply.json(
          new ActivityMoments(
              camera.id().value(),
              found.moments().stream()
                  .map(
                      one ->
                          new MomentAnswer(
                              later(one.from(), span.from()), one.to(), objects(one.objects())))
                  .toList(),
              found.searchedTo(),
              found.searchedTo().isBefore(span.to())));
    } catch (IOException e) {
      throw unreadable(camera.id(), e);
    } finally {
      searches.remove(call.actor(), own);
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
