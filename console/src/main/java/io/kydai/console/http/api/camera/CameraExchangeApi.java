package io.kydai.console.http.api.camera;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.CameraJson;
import io.kydai.console.discovery.CameraAddressRule;
import io.kydai.console.exchange.CameraCsv;
import io.kydai.console.exchange.CameraYaml;
import io.kydai.console.exchange.ImportedRow;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.users.CameraPlace;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The operations that import cameras from a text and export them. */
public final class CameraExchangeApi {
  private final Cameras cameras;
  private final GivenAddresses addresses;
  private final AuditGroups audit;

  /**
   * @param rule which addresses cameras may be given
   */
  public CameraExchangeApi(Cameras cameras, CameraAddressRule rule, AuditGroups audit) {
    this.cameras = cameras;
    addresses = new GivenAddresses(rule);
    this.audit = audit;
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("importCameras", desk, this::importCameras)
        .on("exportCameras", desk, this::exportCameras);
  }

  /** The contract's {@code CameraImport}. */
  private record CameraImport(String format, List<String> lines, boolean apply) {}

  /** The contract's {@code ImportPlan}. */
  private record ImportPlan(
      boolean applied, int added, int changed, int wrong, List<RowAnswer> rows) {}

  /**
   * A camera of the text.
   *
   * @param action {@code add}, {@code change}, {@code none} or {@code wrong}
   */
  private record RowAnswer(
      int line, String id, String name, String action, List<ImportedRow.Mistake> mistakes) {}

  private ApiReply importCameras(ApiCall call) {
    CameraImport wish = call.body(CameraImport.class);
    String text = String.join("\n", wish.lines());
    List<ImportedRow> rows =
        (wish.format().equals("csv")
                ? CameraCsv.read(text, id -> configurable(call, id))
                : CameraYaml.read(text))
            .stream().map(row -> allowed(call, row)).toList();
    List<RowAnswer> answers = rows.stream().map(this::answer).toList();
    int added = count(answers, "add");
    int changed = count(answers, "change");
    int wrong = count(answers, "wrong");
    boolean applied = wish.apply() && wrong == 0;
    if (applied) {
      List<CameraConfig> given =
          rows.stream().map(ImportedRow::camera).filter(Objects::nonNull).toList();
      CameraApi.read(() -> cameras.putAll(given, call.actor(), call.origin()));
      audit.record(
          AuditEvent.of(AuditEventType.CAMERAS_IMPORTED, call.actor(), call.origin())
              .detail("format", wish.format())
              .detail("added", added)
              .detail("changed", changed));
    }
    return ApiReply.json(new ImportPlan(applied, added, changed, wrong, answers));
  }

  private static int count(List<RowAnswer> answers, String action) {
    return (int) answers.stream().filter(row -> row.action().equals(action)).count();
  }

  /** A camera that the caller may not configure is as one that is not there. */
  private Optional<CameraConfig> configurable(ApiCall call, CameraId id) {
    return cameras
        .find(id)
        .map(CameraView::config)
        .filter(camera -> call.caller().may(Permission.CONFIGURE_CAMERAS, place(camera)));
  }

  /** A camera may neither be taken from nor put where the caller has no right to it. */
  private ImportedRow allowed(ApiCall call, ImportedRow row) {
    CameraConfig camera = row.camera();
    if (camera == null) {
      return row;
    }
    Optional<CameraConfig> before = configurable(call, camera.id());
    boolean taken = before.isEmpty() && cameras.find(camera.id()).isPresent();
    boolean others = CameraApi.isOthersPast(call, camera.id(), cameras);
    if (!CameraApi.mayChangePrivacy(call, before.orElse(null), camera)) {
      return refused(row, "privacy", "the masks and the blur that it has");
    }
    if (taken || others || !call.caller().may(Permission.CONFIGURE_CAMERAS, place(camera))) {
      return refused(row, "id", "a camera that you may configure");
    }
    return addresses
        .refused(before.orElse(null), camera)
        .map(key -> refused(row, key, GivenAddresses.EXPECTED))
        .orElse(row);
  }

  private static ImportedRow refused(ImportedRow row, String key, String expected) {
    return row.refused(
        new ImportedRow.Mistake(row.line(), key, ImportedRow.Code.NOT_ALLOWED, expected));
  }

  private static CameraPlace place(CameraConfig camera) {
    return CameraPlaces.of(camera);
  }

  private RowAnswer answer(ImportedRow row) {
    CameraConfig camera = row.camera();
    if (camera == null) {
      return new RowAnswer(row.line(), row.id(), "", "wrong", row.mistakes());
    }
    Optional<Map<String, Object>> before =
        cameras.find(camera.id()).map(view -> CameraJson.write(view.config()));
    String action =
        before.isEmpty()
            ? "add"
            : before.get().equals(CameraJson.write(camera))
                    && camera.source().flatMap(source -> source.credentials()).isEmpty()
                    && camera.secondSource().flatMap(source -> source.credentials()).isEmpty()
                ? "none"
                : "change";
    return new RowAnswer(row.line(), row.id(), camera.name(), action, List.of());
  }

  private ApiReply exportCameras(ApiCall call) {
    String format = call.text("format").orElse("yaml");
    boolean all = call.text("of").filter("all"::equals).isPresent();
    List<CameraConfig> chosen =
        cameras.all().stream()
            .map(CameraView::config)
            .filter(camera -> call.caller().may(Permission.CONFIGURE_CAMERAS, place(camera)))
            .filter(camera -> all || !cameras.isAsInFile(camera.id()))
            .toList();
    audit.record(
        AuditEvent.of(AuditEventType.CAMERAS_EXPORTED, call.actor(), call.origin())
            .detail("format", format)
            .detail("cameras", chosen.size()));
    boolean csv = format.equals("csv");
    String text = csv ? CameraCsv.write(chosen) : CameraYaml.write(chosen);
    return new ApiReply.Bytes(
        200,
        csv ? "text/csv" : "application/yaml",
        text.getBytes(UTF_8),
        Map.of("Content-Disposition", "attachment; filename=\"kydai-cameras." + format + "\""));
  }
}
