package io.kydai.console.http.api.site;

import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.map.MapTiles;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations on the map's tiles. */
public final class MapApi {
  private static final String OWN = "/api/v1/map/tiles/{z}/{x}/{y}";

  private final MapTiles tiles;

  public MapApi(MapTiles tiles) {
    this.tiles = tiles;
  }

  /**
   * @param viewing runs what reads tiles
   */
  public void register(Endpoints endpoints, WorkerExecutor viewing) {
    endpoints.on("getMap", viewing, call -> map()).on("getMapTile", viewing, this::tile);
  }

  private ApiReply map() {
    String address = tiles.served() ? OWN : tiles.server().orElse(null);
    String attribution = tiles.attribution();
    return ApiReply.json(
        new MapAnswer(
            address,
            attribution.isEmpty() ? null : attribution,
            address == null ? null : tiles.maxZoom()));
  }

  /** The contract's {@code Map}. */
  private record MapAnswer(
      @Nullable String tiles, @Nullable String attribution, @Nullable Integer maxZoom) {}

  private ApiReply tile(ApiCall call) {
    try {
      return tiles
          .tile(number(call, "z"), number(call, "x"), number(call, "y"))
          .map(
              tile ->
                  new ApiReply.Bytes(
                      200,
                      tile.mediaType(),
                      tile.bytes(),
                      Map.of("Cache-Control", "private, max-age=86400")))
          .orElseThrow(() -> Problem.notFound("such tile"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The contract bounds the digits, so that they are a whole number. */
  private static int number(ApiCall call, String name) {
    try {
      return Integer.parseInt(call.path(name));
    } catch (NumberFormatException e) {
      throw Problem.notFound("such tile");
    }
  }
}
