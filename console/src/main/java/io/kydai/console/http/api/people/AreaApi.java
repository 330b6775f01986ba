package io.kydai.console.http.api.people;

import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.LastChange;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Json;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.users.Area;
import io.kydai.console.users.Directory;
import io.kydai.console.users.PeopleConflictException;
import io.kydai.streaming.proof.Sha256;
import io.vertx.core.WorkerExecutor;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations on the areas of the map on which rights are granted. */
public final class AreaApi {
  /** The version of an area that is not there. */
  private static final String NONE = "none";

  private final Directory directory;
  private final AuditLog audit;

  public AreaApi(Directory directory, AuditLog audit) {
    this.directory = directory;
    this.audit = audit;
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
  private record Properties(String name, List<List<Double>> polygon, @Nullable String version) {}

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
          try {
            directory.putArea(
                area, before -> isAsRead(before, body.version()), call.actor(), call.origin());
          } catch (PeopleConflictException e) {
            throw Problem.crossed(
                "The area " + area.id() + " has been changed since it was read",
                LastChange.ofArea(audit, area.id()).orElse(null));
          }
          return ApiReply.json(AreaAnswer.of(area));
        });
  }

  /** Who gives no version replaces whatever there is. */
  private static boolean isAsRead(@Nullable Area before, @Nullable String version) {
    return version == null
        || version.equals(before == null ? NONE : AreaAnswer.of(before).version());
  }

  private ApiReply remove(ApiCall call) {
    return AccountApi.changing(
        () -> {
          directory.removeArea(call.path("id"), call.actor(), call.origin());
          return ApiReply.done();
        });
  }

  /** The contract's {@code Area}. */
  private record AreaAnswer(String id, String name, List<List<Double>> polygon, String version) {
    static AreaAnswer of(Area area) {
      List<List<Double>> polygon =
          area.polygon().stream().map(corner -> List.of(corner.lat(), corner.lon())).toList();
      byte[] content = Json.bytes(List.of(area.name(), polygon));
      return new AreaAnswer(
          area.id(), area.name(), polygon, HexFormat.of().formatHex(Sha256.of(content), 0, 8));
    }
  }

  /** The contract's {@code AreaList}. */
  private record AreaList(List<AreaAnswer> areas) {}
}
