package io.kydai.console.http;

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
import io.kydai.ingest.CameraId;
import io.vertx.core.WorkerExecutor;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** How a camera's picture is used, and the lanes that this suggests, as the contract has it. */
final class FlowApi {
  private static final String ONE = "/api/v1/cameras/{id}";
  private static final FlowGrid NOTHING = new FlowMap().read();

  private final Cameras cameras;

  FlowApi(Cameras cameras) {
    this.cameras = cameras;
  }

  /**
   * @param pictures runs what makes pictures
   */
  void register(Endpoints endpoints, WorkerExecutor pictures) {
    endpoints
        .on(GET, ONE + "/heat-map", pictures, this::grid)
        .on(DELETE, ONE + "/heat-map", pictures, this::forget)
        .on(GET, ONE + "/heat-map.png", pictures, this::picture)
        .on(GET, ONE + "/suggestions", pictures, this::suggestions);
  }

  private CameraConfig find(Call call) {
    CameraId id = CameraApi.id(call.path("id"));
    return cameras.find(id).orElseThrow(() -> Problem.notFound("camera " + id)).config();
  }

  private FlowGrid flow(CameraConfig camera) {
    return cameras.flow(camera.id()).orElse(NOTHING);
  }

  private Reply grid(Call call) {
    call.only(Set.of());
    CameraConfig camera = find(call);
    FlowGrid grid = flow(camera);
    ObjectNode json = Json.object().put("camera", camera.id().value());
    json.put("columns", FlowGrid.COLUMNS).put("rows", FlowGrid.ROWS);
    json.put("watched-seconds", Math.round(grid.watched()));
    ArrayNode groups = json.putArray("groups");
    for (RoadUser user : RoadUser.values()) {
      ObjectNode group = groups.addObject().put("of", Text.dashed(user));
      group.put("tracks", hundredths(grid.tracks(user)));
      cells(group.putArray("passes"), grid, Quantity.PASSES, user);
      cells(group.putArray("standing"), grid, Quantity.STANDING, user);
    }
    return Reply.json(json);
  }

  private static void cells(ArrayNode array, FlowGrid grid, Quantity quantity, RoadUser user) {
    for (int cell = 0; cell < FlowGrid.CELLS; cell++) {
      array.add(hundredths(grid.heat(quantity, Set.of(user), cell)));
    }
  }

  private static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private Reply forget(Call call) {
    cameras.forgetFlow(find(call).id());
    return Reply.done();
  }

  private Reply picture(Call call) {
    call.only(Set.of("show", "of", "over"));
    Quantity quantity =
        call.query("show", "passes or standing", text -> Text.constant(Quantity.class, text))
            .orElse(Quantity.PASSES);
    Set<RoadUser> users =
        call.query(
                "of",
                "vehicle, two-wheeler or person",
                text -> Set.of(Text.constant(RoadUser.class, text)))
            .orElseGet(() -> EnumSet.allOf(RoadUser.class));
    boolean over = call.query("over", "picture or nothing", FlowApi::isOverPicture).orElse(true);
    CameraConfig camera = find(call);
    byte[] png = cameras.heatMap(camera.id(), flow(camera), quantity, users, over);
    return new Reply.Bytes(200, "image/png", png, Map.of());
  }

  private static boolean isOverPicture(String value) {
    return switch (value) {
      case "picture" -> true;
      case "nothing" -> false;
      default -> throw new IllegalArgumentException(value);
    };
  }

  private Reply suggestions(Call call) {
    call.only(Set.of());
    CameraConfig camera = find(call);
    return Reply.json(SuggestionsJson.write(Suggestions.of(flow(camera), camera.scene())));
  }
}
