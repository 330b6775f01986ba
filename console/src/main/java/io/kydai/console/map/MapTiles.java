package io.kydai.console.map;

import io.kydai.console.config.MapConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tiles of the map: of a file of MBTiles 1.3, which is SQLite and is opened for reading only;
 * of a server, to which browsers connect themselves; or none.
 *
 * <p>Each tile is read from the file, by its index, on the caller's thread; one at a time. A tile
 * of more than {@value #MAX_TILE} bytes is answered as though it was missing.
 */
public final class MapTiles implements AutoCloseable {
  static final int MAX_TILE = 1024 * 1024;
  private static final int MAX_ZOOM = 22;

  /** The media types of the raster formats that MBTiles may have. */
  private static final Map<String, String> TYPES =
      Map.of("png", "image/png", "jpg", "image/jpeg", "jpeg", "image/jpeg", "webp", "image/webp");

  private final MapConfig config;
  private final @Nullable Connection file;
  private final Map<String, String> metadata;

  /**
   * A tile.
   *
   * @param mediaType of the picture
   */
  public record Tile(String mediaType, byte[] bytes) {}

  private MapTiles(MapConfig config, @Nullable Connection file, Map<String, String> metadata) {
    this.config = config;
    this.file = file;
    this.metadata = metadata;
  }

  /** Returns no tiles. */
  public static MapTiles none() {
    return new MapTiles(MapConfig.DEFAULT, null, Map.of());
  }

  /**
   * Opens the tiles.
   *
   * @throws IOException when the file is missing, is no MBTiles, or has no raster tiles
   */
  public static MapTiles open(MapConfig config) throws IOException {
    MapConfig.Tiles tiles = config.tiles();
    Path path = tiles == null ? null : tiles.file();
    if (path == null) {
      return new MapTiles(config, null, Map.of());
    }
    if (!Files.isRegularFile(path)) {
      throw new IOException("there is no file " + path);
    }
    Properties properties = new Properties();
    properties.setProperty("open_mode", "1"); // SQLITE_OPEN_READONLY
    Connection connection = null;
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + path, properties);
      Map<String, String> metadata = metadata(connection);
      if (!TYPES.containsKey(metadata.getOrDefault("format", ""))) {
        throw new SQLException("its format is not png, jpg or webp");
      }
      return new MapTiles(config, connection, metadata);
    } catch (SQLException e) {
      close(connection);
      throw new IOException(path + " is no MBTiles with raster tiles: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> metadata(Connection connection) throws SQLException {
    Map<String, String> metadata = new TreeMap<>();
    try (PreparedStatement query =
            connection.prepareStatement("SELECT name, value FROM metadata LIMIT 100");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        String value = rows.getString("value");
        if (value != null && value.length() <= 1_000) {
          metadata.put(rows.getString("name"), value);
        }
      }
    }
    return metadata;
  }

  private static void close(@Nullable Connection connection) throws IOException {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw new IOException("the tiles cannot be closed", e);
      }
    }
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
    return config.attribution().isEmpty()
        ? metadata.getOrDefault("attribution", "")
        : config.attribution();
  }

  /** Returns the largest zoom that there are tiles of. */
  public int maxZoom() {
    try {
      return Math.max(
          0, Math.min(MAX_ZOOM, Integer.parseInt(metadata.getOrDefault("maxzoom", ""))));
    } catch (NumberFormatException e) {
      return served() ? 14 : 19;
    }
  }

  /**
   * Returns a tile.
   *
   * @param y from the north, as in addresses; the file counts from the south
   * @return empty where there is none
   * @throws IOException when the file cannot be read
   */
  public synchronized Optional<Tile> tile(int z, int x, int y) throws IOException {
    if (file == null || z < 0 || z > MAX_ZOOM || x < 0 || y < 0 || x >> z != 0 || y >> z != 0) {
      return Optional.empty();
    }
    try (PreparedStatement query =
        file.prepareStatement(
            "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"
                + " AND length(tile_data) <= ?")) {
      query.setInt(1, z);
      query.setInt(2, x);
      query.setInt(3, (1 << z) - 1 - y);
      query.setInt(4, MAX_TILE);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next()
            ? Optional.of(new Tile(type(), rows.getBytes("tile_data")))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IOException("the map's tiles cannot be read", e);
    }
  }

  private String type() {
    return TYPES.getOrDefault(metadata.getOrDefault("format", ""), "image/png");
  }

  @Override
  public synchronized void close() throws IOException {
    close(file);
  }
}
