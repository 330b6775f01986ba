package io.kydai.console.http.api.cases;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.cases.CaseRefusedException;
import io.kydai.console.cases.Cases;
import io.kydai.console.cases.ExportedCase;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.camera.PictureAccess;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.users.CameraPlace;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.privacy.BlurTarget;
import io.kydai.streaming.privacy.Privacy;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The operations on cases of those who may export recordings. */
public final class CaseApi {
  private static final Duration LONGEST = Duration.ofDays(31);

  private final Cases cases;
  private final Cameras cameras;
  private final PictureAccess pictures;
  private final CaseAccess access;
  private final AuditGroups audit;
  private final Clock clock;

  /** Creates the operations. */
  public CaseApi(Cases cases, Cameras cameras, AuditGroups audit, Clock clock) {
    this.cases = cases;
    this.cameras = cameras;
    this.pictures = new PictureAccess(cameras);
    this.access = new CaseAccess(cases, cameras);
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("listCases", desk, this::list)
        .on("addCase", desk, this::add)
        .on("getCase", desk, call -> answer(200, access.find(call, call.path("id"))))
        .on("removeCase", desk, this::remove)
        .on("getCaseArchive", desk, this::archive);
  }

  private ApiReply answer(int status, ExportedCase one) {
    return ApiReply.json(status, CaseAnswer.of(one, cases), Map.of());
  }

  /** The contract's {@code CaseList}. */
  private record CaseList(List<CaseAnswer> cases) {}

  private ApiReply list(ApiCall call) {
    return ApiReply.json(
        new CaseList(
            cases.list().stream()
                .filter(one -> access.sees(call.caller(), one))
                .map(one -> CaseAnswer.of(one, cases))
                .toList()));
  }

  /** The contract's {@code CaseProperties}. */
  private record CaseProperties(
      String title,
      String reason,
      @Nullable String notes,
      List<String> cameras,
      String from,
      String to,
      @Nullable Boolean boxes,
      @Nullable Boolean clock,
      @Nullable Boolean masks,
      @Nullable List<String> blur) {
    Set<BlurTarget> targets() {
      return blur == null
          ? Set.of()
          : blur.stream()
              .map(word -> ErrorText.constant(BlurTarget.class, word))
              .collect(Collectors.toSet());
    }
  }

  private ApiReply add(ApiCall call) {
    CaseProperties body = call.body(CaseProperties.class);
    Instant from = ApiCall.time("from", body.from());
    Instant to = ApiCall.time("to", body.to());
    if (!to.isAfter(from) || Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw Problem.badField(
          "to", "Expected: a time after 'from', by " + LONGEST.toDays() + " days at most.");
    }
    if (to.isAfter(clock.instant())) {
      throw Problem.badField("to", "Expected: a time that is past.");
    }
    String title = line("title", body.title());
    String reason = line("reason", body.reason());
    List<String> ids = body.cameras().stream().distinct().toList();
    List<ExportedCase.Camera> chosen =
        ids.stream().map(id -> camera(call, id, from, body)).toList();
    String notes = body.notes() == null ? "" : body.notes().strip();
    try {
      return answer(
          201,
          cases.ask(
              new ExportedCase.Wish(
                  title,
                  reason,
                  notes,
                  chosen,
                  from,
                  to,
                  Boolean.TRUE.equals(body.boxes()),
                  Boolean.TRUE.equals(body.clock())),
              call.actor(),
              call.origin()));
    } catch (CaseRefusedException e) {
      throw Problem.of(409, e);
    }
  }

  /** Returns a text of one line without spaces around it. */
  static String line(String field, String text) {
    String stripped = text.strip();
    if (stripped.length() < 3 || stripped.chars().anyMatch(Character::isISOControl)) {
      throw Problem.badField(field, "Expected: at least 3 characters on one line.");
    }
    return stripped;
  }

  private ExportedCase.Camera camera(ApiCall call, String id, Instant from, CaseProperties body) {
    CameraConfig camera =
        known(id).flatMap(cameras::find).orElseThrow(() -> Problem.notFound(words(id))).config();
    CameraPlace place = CameraPlaces.of(camera);
    Problem.Refusal refusal = Problem.Refusal.of(Permission.EXPORT, camera.id());
    Instant since =
        CaseAccess.since(call.caller(), place)
            .orElseThrow(
                () ->
                    call.caller().may(Permission.LIVE, place)
                        ? Problem.refused("You may not export " + words(id) + ".", refusal)
                        : Problem.hidden(words(id), refusal));
    if (since.isAfter(from)) {
      throw Problem.refused(
          "Your right to export " + words(id) + " begins at " + since + ".", refusal);
    }
    return new ExportedCase.Camera(camera.id(), camera.name(), hidden(call, camera, from, body));
  }

  /** What is asked to be hidden, and what has to be for this caller, whether asked for or not. */
  private Privacy hidden(ApiCall call, CameraConfig camera, Instant from, CaseProperties body) {
    Privacy must = pictures.hidden(call.caller(), camera.id(), from);
    Privacy own = cameras.privacy(camera.id());
    boolean masks = Boolean.TRUE.equals(body.masks());
    return new Privacy(masks ? own.masks() : must.masks(), must.blur()).blurring(body.targets());
  }

  private static Optional<CameraId> known(String id) {
    try {
      return Optional.of(new CameraId(id));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String words(String id) {
    return "camera " + ErrorText.shown(id);
  }

  private ApiReply remove(ApiCall call) {
    ExportedCase one = access.find(call, call.path("id"));
    cases.delete(one.id(), call.actor(), call.origin());
    return ApiReply.done();
  }

  private ApiReply archive(ApiCall call) {
    ExportedCase one = access.find(call, call.path("id"));
    access.checkPictures(call.caller(), one);
    Path file =
        cases.file(one).orElseThrow(() -> Problem.notFound("archive of that case (any more)"));
    audit.record(
        AuditEvent.of(AuditEventType.CASE_DOWNLOADED, call.actor(), call.origin())
            .detail("case", one.id())
            .detail("title", one.wish().title())
            .detail("sha256", one.sha256()));
    return CaseAccess.archive(one, file);
  }
}
