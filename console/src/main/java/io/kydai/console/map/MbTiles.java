package io.kydai.console.map;

import java.io.IOException;
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

/** A file of MBTiles 1.3, which is a database of SQLite. */
final class MbTiles implements TileFile {
  /** The media types of the raster formats that MBTiles may have. */
  private static final Map<String, String> TYPES =
      Map.of("png", "image/png", "jpg", "image/jpeg", "jpeg", "image/jpeg", "webp", "image/webp");

  private static final int MAX_VALUE = 1_000;

  private final Connection connection;
  private final Map<String, String> metadata;

  private MbTiles(Connection connection, Map<String, String> metadata) {
    this.connection = connection;
    this.metadata = metadata;
  }

  /**
   * Opens a file.
   *
   * @throws IOException when it is no MBTiles, or has no raster tiles
   */
  static MbTiles open(Path path) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("open_mode", "1"); // SQLITE_OPEN_READONLY
    Connection connection = null;
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + path, properties);
      Map<String, String> metadata = metadata(connection);
      if (!TYPES.containsKey(metadata.getOrDefault("format", ""))) {
        throw new SQLException("its format is not png, jpg or webp");
      }
      return new MbTiles(connection, metadata);
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
        if (value != null && value.length() <= MAX_VALUE) {
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

  @Override
  public String mediaType() {
    return TYPES.getOrDefault(metadata.getOrDefault("format", ""), "image/png");
  }

  @Override
  public String attribution() {
    return metadata.getOrDefault("attribution", "");
  }

  @Override
  public Optional<Integer> maxZoom() {
    try {
      return Optional.of(Integer.valueOf(metadata.getOrDefault("maxzoom", "")));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The file counts rows from the south. */
  @Override
  public Optional<byte[]> tile(int z, int x, int y) throws IOException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"
                + " AND length(tile_data) <= ?")) {
      query.setInt(1, z);
      query.setInt(2, x);
      query.setInt(3, (1 << z) - 1 - y);
      query.setInt(4, MAX_TILE);
      try (ResultSet rows = query.executeQuery()) {
        return rows.next() ? Optional.of(rows.getBytes("tile_data")) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IOException("the map's tiles cannot be read", e);
    }
  }

  @Override
  public void close() throws IOException {
    close(connection);
  }
}
