package io.kydai.console.http.api.site;

import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.users.Permission;
import io.kydai.console.wall.TooManyLayoutsException;
import io.kydai.console.wall.WallLayout;
import io.kydai.console.wall.WallLayouts;
import io.kydai.ingest.source.CameraId;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations on the layouts of the wall that people save. */
public final class LayoutApi {
  private final WallLayouts layouts;
  private final Cameras cameras;

  public LayoutApi(WallLayouts layouts, Cameras cameras) {
    this.layouts = layouts;
    this.cameras = cameras;
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("listLayouts", desk, this::list)
        .on("saveLayout", desk, this::save)
        .on("removeLayout", desk, this::remove);
  }

  private ApiReply list(ApiCall call) {
    return ApiReply.json(
        new ListAnswer(
            layouts.of(call.actor()).stream()
                .filter(layout -> own(layout, call) || showsSomething(layout, call))
                .map(layout -> answer(layout, call))
                .toList()));
  }

  private static boolean own(WallLayout layout, ApiCall call) {
    return layout.owner().equals(call.actor().id());
  }

  /** A layout of cameras that one may not see does not exist, as its name may tell of them. */
  private boolean showsSomething(WallLayout layout, ApiCall call) {
    String group = layout.content().group();
    return cameras.all().stream()
        .filter(view -> group.isEmpty() || view.config().groups().contains(group))
        .anyMatch(view -> call.caller().may(Permission.LIVE, CameraPlaces.of(view.config())));
  }

  /** The contract's {@code LayoutProperties}. */
  private record Body(
      String name,
      String tiles,
      @Nullable String group,
      @Nullable List<String> cameras,
      @Nullable Boolean shared) {
    WallLayout.Content content() {
      String stripped = name.strip();
      if (stripped.isEmpty() || stripped.chars().anyMatch(Character::isISOControl)) {
        throw Problem.badField("name", "Expected: a name without control characters.");
      }
      return new WallLayout.Content(
          stripped,
          Boolean.TRUE.equals(shared),
          tiles,
          group == null ? "" : group,
          cameras == null ? List.of() : cameras.stream().map(Body::camera).toList());
    }

    /** The contract's pattern lets a line break stand at the end. */
    private static CameraId camera(String id) {
      try {
        return new CameraId(id);
      } catch (IllegalArgumentException e) {
        throw Problem.badField("cameras", e);
      }
    }
  }

  private ApiReply save(ApiCall call) {
    try {
      return ApiReply.json(
          answer(layouts.save(call.body(Body.class).content(), call.actor(), call.origin()), call));
    } catch (TooManyLayoutsException e) {
      throw Problem.of(409, e);
    }
  }

  private ApiReply remove(ApiCall call) {
    WallLayout layout =
        layouts
            .find(call.path("id"))
            .filter(found -> own(found, call) || found.content().shared())
            .filter(found -> own(found, call) || showsSomething(found, call))
            .orElseThrow(() -> Problem.notFound("such layout"));
    if (!own(layout, call) && !call.caller().may(Permission.CONFIGURE_NODE)) {
      throw Problem.refused(
          "It is somebody else's.", Problem.Refusal.of(Permission.CONFIGURE_NODE));
    }
    layouts.remove(layout.id(), call.actor(), call.origin());
    return ApiReply.done();
  }

  private Answer answer(WallLayout layout, ApiCall call) {
    WallLayout.Content content = layout.content();
    return new Answer(
        layout.id(),
        content.name(),
        content.tiles(),
        content.group().isEmpty() ? null : content.group(),
        content.cameras().stream()
            .filter(
                camera ->
                    cameras
                        .find(camera)
                        .filter(
                            view ->
                                call.caller().may(Permission.LIVE, CameraPlaces.of(view.config())))
                        .isPresent())
            .map(CameraId::value)
            .toList(),
        content.shared(),
        own(layout, call),
        layout.ownerName());
  }

  /** The contract's {@code LayoutList}. */
  private record ListAnswer(List<Answer> layouts) {}

  /** The contract's {@code Layout}. */
  private record Answer(
      String id,
      String name,
      String tiles,
      @Nullable String group,
      List<String> cameras,
      boolean shared,
      boolean own,
      String savedBy) {}
}
