package io.kydai.console.wall;

import io.kydai.ingest.source.CameraId;
import java.util.List;

/**
 * A layout of the wall.
 *
 * @param id a ULID
 * @param owner the id of the account or token that saved it
 * @param ownerName the name of the account or token when it was saved
 * @param content what was saved
 */
public record WallLayout(String id, String owner, String ownerName, Content content) {
  /**
   * What somebody saves.
   *
   * @param name under which the owner finds it
   * @param shared whether everybody who sees the wall may choose it
   * @param tiles the number of tiles, or {@code large} for one large and many small ones
   * @param group the group of cameras that it shows; empty for all
   * @param cameras in the order of their tiles; cameras that are not named come behind
   */
  public record Content(
      String name, boolean shared, String tiles, String group, List<CameraId> cameras) {
    public Content {
      cameras = List.copyOf(cameras);
    }
  }
}
