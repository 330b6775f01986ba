package io.kydai.console.http.api;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.analytics.flow.FlowGrid;
import io.kydai.analytics.flow.FlowMap;
import io.kydai.analytics.flow.Quantity;
import io.kydai.analytics.flow.RoadUser;
import io.kydai.analytics.flow.Suggestions;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.SuggestionsJson;
import io.kydai.console.http.server.ApiCall;
import io.kydai.console.http.server.ApiReply;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.http.server.ErrorText;
import io.kydai.console.http.server.Json;
import io.kydai.console.http.server.Problem;
import io.kydai.ingest.source.CameraId;
import io.vertx.core.WorkerExecutor;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** How a camera's picture is used, and the lanes that this suggests, as the contract has it. */
public final class FlowApi {
  private static final String ONE = "/api/v1/cameras/{id}";
  private static final FlowGrid NOTHING = new FlowMap().read();

  private final Cameras cameras;

  public FlowApi(Cameras cameras) {
    this.cameras = cameras;
  }

  /**
   * @param pictures runs what makes pictures
   */
  public void register(Endpoints endpoints, WorkerExecutor pictures) {
    endpoints
        .on(GET, ONE + "/heat-map", pictures, this::grid)
        .on(DELETE, ONE + "/heat-map", pictures, this::forget)
        .on(GET, ONE + "/heat-map.png", pictures, this::picture)
        .on(GET, ONE + "/suggestions", pictures, this::suggestions);
  }

  private CameraConfig find(ApiCall call) {
    CameraId id = CameraApi.id(call.path("id"));
    return cameras.find(id).orElseThrow(() -> Problem.notFound("camera " + id)).config();
  }

  private FlowGrid flow(CameraConfig camera) {
    return cameras.flow(camera.id()).orElse(NOTHING);
  }

  private ApiReply grid(ApiCall call) {
    call.only(Set.of());
    CameraConfig camera = find(call);
    FlowGrid grid = flow(camera);
    ObjectNode json = Json.object().put("camera", camera.id().value());
    json.put("columns", FlowGrid.COLUMNS).put("rows", FlowGrid.ROWS);
    json.put("watched-seconds", Math.round(grid.watched()));
    ArrayNode groups = json.putArray("groups");
    for (RoadUser user : RoadUser.values()) {
      ObjectNode group = groups.addObject().put("of", ErrorText.dashed(user));
      group.put("tracks", hundredths(grid.tracks(user)));
      cells(group.putArray("passes"), grid, Quantity.PASSES, user);
      cells(group.putArray("standing"), grid, Quantity.STANDING, user);
    }
    return ApiReply.json(json);
  }

  private static void cells(ArrayNode array, FlowGrid grid, Quantity quantity, RoadUser user) {
    for (int cell = 0; cell < FlowGrid.CELLS; cell++) {
      array.add(hundredths(grid.heat(quantity, Set.of(user), cell)));
    }
  }

  private static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private ApiReply forget(ApiCall call) {
    cameras.forgetFlow(find(call).id());
    return ApiReply.done();
  }

  private ApiReply picture(ApiCall call) {
    call.only(Set.of("show", "of", "over"));
    Quantity quantity =
        call.query("show", "passes or standing", text -> ErrorText.constant(Quantity.class, text))
            .orElse(Quantity.PASSES);
    Set<RoadUser> users =
        call.query(
                "of",
                "vehicle, two-wheeler or person",
                text -> Set.of(ErrorText.constant(RoadUser.class, text)))
            .orElseGet(() -> EnumSet.allOf(RoadUser.class));
    boolean over = call.query("over", "picture or nothing", FlowApi::isOverPicture).orElse(true);
    CameraConfig camera = find(call);
    byte[] png = cameras.heatMap(camera.id(), flow(camera), quantity, users, over);
    return new ApiReply.Bytes(200, "image/png", png, Map.of());
  }

  private static boolean isOverPicture(String value) {
    return switch (value) {
      case "picture" -> true;
      case "nothing" -> false;
      default -> throw new IllegalArgumentException(value);
    };
  }

  private ApiReply suggestions(ApiCall call) {
    call.only(Set.of());
    CameraConfig camera = find(call);
    return ApiReply.json(SuggestionsJson.write(Suggestions.of(flow(camera), camera.scene())));
  }
}
