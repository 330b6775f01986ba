package io.kydai.console.http.api;

import io.kydai.console.http.server.ApiCall;
import io.kydai.console.http.server.ApiReply;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.users.Area;
import io.kydai.console.users.Directory;
import io.vertx.core.WorkerExecutor;
import java.util.List;

/** The operations on the areas of the map on which rights are granted. */
public final class AreaApi {
  private final Directory directory;

  public AreaApi(Directory directory) {
    this.directory = directory;
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("listAreas", desk, this::list)
        .on("putArea", desk, this::put)
        .on("removeArea", desk, this::remove);
  }

  private ApiReply list(ApiCall call) {
    return ApiReply.json(new AreaList(directory.areas().stream().map(AreaAnswer::of).toList()));
  }

  /** The contract's {@code AreaProperties}. */
  private record Properties(String name, List<List<Double>> polygon) {}

  private ApiReply put(ApiCall call) {
    Properties body = call.body(Properties.class);
    return AccountApi.changing(
        () -> {
          Area area =
              new Area(
                  call.path("id"),
                  body.name(),
                  body.polygon().stream()
                      .map(corner -> new Area.Corner(corner.get(0), corner.get(1)))
                      .toList());
          directory.putArea(area, call.actor(), call.origin());
          return ApiReply.json(AreaAnswer.of(area));
        });
  }

  private ApiReply remove(ApiCall call) {
    return AccountApi.changing(
        () -> {
          directory.removeArea(call.path("id"), call.actor(), call.origin());
          return ApiReply.done();
        });
  }

  /** The contract's {@code Area}. */
  private record AreaAnswer(String id, String name, List<List<Double>> polygon) {
    static AreaAnswer of(Area area) {
      return new AreaAnswer(
          area.id(),
          area.name(),
          area.polygon().stream().map(corner -> List.of(corner.lat(), corner.lon())).toList());
    }
  }

  /** The contract's {@code AreaList}. */
  private record AreaList(List<AreaAnswer> areas) {}
}
