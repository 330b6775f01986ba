package io.kydai.console.http.api.camera;

import io.kydai.analytics.flow.FlowGrid;
import io.kydai.analytics.flow.FlowMap;
import io.kydai.analytics.flow.Quantity;
import io.kydai.analytics.flow.RoadUser;
import io.kydai.analytics.flow.Suggestions;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.SuggestionsJson;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.ingest.source.CameraId;
import io.vertx.core.WorkerExecutor;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** The operations on a camera's heat map, and the lanes that it suggests. */
public final class FlowApi {
  private static final FlowGrid NOTHING = new FlowMap().read();

  private final Cameras cameras;
  private final PictureAccess pictures;
  private final AuditGroups audit;

  public FlowApi(Cameras cameras, AuditGroups audit) {
    this.cameras = cameras;
    this.pictures = new PictureAccess(cameras);
    this.audit = audit;
  }

  /**
   * @param pictures runs what makes pictures
   */
  public void register(Endpoints endpoints, WorkerExecutor pictures) {
    endpoints
        .on("getHeatMap", pictures, this::grid)
        .on("forgetHeatMap", pictures, this::forget)
        .on("getHeatMapPicture", pictures, this::picture)
        .on("getSuggestions", pictures, this::suggestions);
  }

  private CameraConfig find(ApiCall call) {
    return CameraApi.find(call, cameras).config();
  }

  private FlowGrid flow(CameraConfig camera) {
    return cameras.flow(camera.id()).orElse(NOTHING);
  }

  private ApiReply grid(ApiCall call) {
    CameraConfig camera = find(call);
    FlowGrid grid = flow(camera);
    return ApiReply.json(
        new HeatMapAnswer(
            camera.id().value(),
            FlowGrid.COLUMNS,
            FlowGrid.ROWS,
            Math.round(grid.watched()),
            Arrays.stream(RoadUser.values()).map(user -> GroupAnswer.of(grid, user)).toList()));
  }

  /** The contract's {@code HeatMap}. */
  private record HeatMapAnswer(
      String camera, int columns, int rows, long watchedSeconds, List<GroupAnswer> groups) {}

  /**
   * One group of road users on the grid.
   *
   * @param passes of each cell, row by row: lengths of a path across it
   * @param standing of each cell, row by row: seconds
   */
  private record GroupAnswer(RoadUser of, double tracks, double[] passes, double[] standing) {
    static GroupAnswer of(FlowGrid grid, RoadUser user) {
      return new GroupAnswer(
          user,
          hundredths(grid.tracks(user)),
          cells(grid, Quantity.PASSES, user),
          cells(grid, Quantity.STANDING, user));
    }
  }

  private static double[] cells(FlowGrid grid, Quantity quantity, RoadUser user) {
    return IntStream.range(0, FlowGrid.CELLS)
        .mapToDouble(cell -> hundredths(grid.heat(quantity, Set.of(user), cell)))
        .toArray();
  }

  private static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private ApiReply forget(ApiCall call) {
    CameraId camera = find(call).id();
    audit.record(
        AuditEvent.of(AuditEventType.HEAT_MAP_FORGOTTEN, call.actor(), call.origin())
            .camera(camera.value()));
    cameras.forgetFlow(camera);
    return ApiReply.done();
  }

  private ApiReply picture(ApiCall call) {
    Quantity quantity = call.constant("show", Quantity.class).orElseThrow();
    Set<RoadUser> users =
        call.constant("of", RoadUser.class)
            .map(Set::of)
            .orElseGet(() -> EnumSet.allOf(RoadUser.class));
    CameraConfig camera = find(call);
    // Where something is hidden, the ground is as where there is no picture.
    boolean over =
        call.text("over").filter("picture"::equals).isPresent()
            && pictures.isWhole(call.caller(), camera.id());
    if (over) {
      audit.record(
          AuditEvent.of(AuditEventType.SNAPSHOT_VIEWED, call.actor(), call.origin())
              .camera(camera.id().value())
              .detail("picture", "heat-map"));
    }
    byte[] png = cameras.heatMap(camera.id(), flow(camera), quantity, users, over);
    return new ApiReply.Bytes(200, "image/png", png, Map.of());
  }

  private ApiReply suggestions(ApiCall call) {
    CameraConfig camera = find(call);
    return ApiReply.json(SuggestionsJson.of(Suggestions.of(flow(camera), camera.scene())));
  }
}
