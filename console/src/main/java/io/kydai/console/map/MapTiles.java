package io.kydai.console.map;

import io.kydai.console.config.MapConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tiles of the map: of a file of MBTiles or PMTiles, which is opened for reading only; of a
 * server, to which browsers connect themselves; or none.
 *
 * <p>Each tile is read from the file, by its index, on the caller's thread; one at a time. A tile
 * of more than {@value TileFile#MAX_TILE} bytes is answered as though it was missing.
 */
public final class MapTiles implements AutoCloseable {
  private static final int MAX_ZOOM = 22;
  private static final int USUAL_ZOOM_OF_FILE = 14;
  private static final int USUAL_ZOOM_OF_SERVER = 19;

  private final MapConfig config;
  private final @Nullable TileFile file;

  /**
   * A tile.
   *
   * @param mediaType of the picture
   */
  public record Tile(String mediaType, byte[] bytes) {}

  private MapTiles(MapConfig config, @Nullable TileFile file) {
    this.config = config;
    this.file = file;
  }

  /** Returns no tiles. */
  public static MapTiles none() {
    return new MapTiles(MapConfig.DEFAULT, null);
  }

  /**
   * Opens the tiles.
   *
   * @throws IOException when the file is missing, is neither MBTiles nor PMTiles, or has no raster
   *     tiles
   */
  public static MapTiles open(MapConfig config) throws IOException {
    MapConfig.Tiles tiles = config.tiles();
    Path path = tiles == null ? null : tiles.file();
    if (path == null) {
      return new MapTiles(config, null);
    }
    if (!Files.isRegularFile(path)) {
      throw new IOException("there is no file " + path);
    }
    return new MapTiles(config, PmTiles.is(path) ? PmTiles.open(path) : MbTiles.open(path));
  }

  /** Returns the scheme, host and port of the server of tiles; empty where there is none. */
  public Optional<String> origin() {
    return Optional.ofNullable(config.tiles()).flatMap(MapConfig.Tiles::origin);
  }

  /** Returns the server's address with {@code {z}}, {@code {x}} and {@code {y}}; empty for none. */
  public Optional<String> server() {
    return Optional.ofNullable(config.tiles()).map(MapConfig.Tiles::server);
  }

  /** Returns whether the node serves tiles itself. */
  public boolean served() {
    return file != null;
  }

  /** Returns the text that the licence asks for; that of the file where none is configured. */
  public String attribution() {
    return config.attribution().isEmpty() && file != null
        ? file.attribution()
        : config.attribution();
  }

  /** Returns the largest zoom that there are tiles of. */
  public int maxZoom() {
    if (file == null) {
      return USUAL_ZOOM_OF_SERVER;
    }
    return Math.max(0, Math.min(MAX_ZOOM, file.maxZoom().orElse(USUAL_ZOOM_OF_FILE)));
  }

  /**
   * Returns a tile.
   *
   * @param y from the north, as in addresses
   * @return empty where there is none
   * @throws IOException when the file cannot be read
   */
  public synchronized Optional<Tile> tile(int z, int x, int y) throws IOException {
    if (file == null || z < 0 || z > MAX_ZOOM || x < 0 || y < 0 || x >> z != 0 || y >> z != 0) {
      return Optional.empty();
    }
    return file.tile(z, x, y).map(bytes -> new Tile(file.mediaType(), bytes));
  }

  @Override
  public synchronized void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
