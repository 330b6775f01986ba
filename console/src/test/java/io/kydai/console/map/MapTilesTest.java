package io.kydai.console.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.config.MapConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tiles of a file of MBTiles: read only, bounded, and counted from the north. */
class MapTilesTest {
  @TempDir Path folder;

  private Path tiles(String format, byte[] tile) throws SQLException {
    Path file = folder.resolve("hue.mbtiles");
    try (Connection db = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = db.createStatement()) {
      statement.execute("CREATE TABLE metadata (name TEXT, value TEXT)");
      statement.execute(
          "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER,"
              + " tile_data BLOB)");
      statement.execute("INSERT INTO metadata VALUES ('format', '" + format + "')");
      statement.execute("INSERT INTO metadata VALUES ('maxzoom', '15')");
      statement.execute("INSERT INTO metadata VALUES ('attribution', '© somebody')");
      try (PreparedStatement insert =
          db.prepareStatement("INSERT INTO tiles VALUES (2, 3, 3, ?)")) {
        insert.setBytes(1, tile);
        insert.execute();
      }
    }
    return file;
  }

  private static MapConfig config(Path file) {
    return new MapConfig(new MapConfig.Tiles(file, null), "");
  }

  @Test
  void aTileIsFoundByItsRowFromTheNorth() throws Exception {
    try (MapTiles tiles = MapTiles.open(config(tiles("png", new byte[] {1, 2, 3})))) {
      assertThat(tiles.served()).isTrue();
      assertThat(tiles.maxZoom()).isEqualTo(15);
      assertThat(tiles.attribution()).isEqualTo("© somebody");
      assertThat(tiles.tile(2, 3, 0))
          .hasValueSatisfying(
              tile -> {
                assertThat(tile.mediaType()).isEqualTo("image/png");
                assertThat(tile.bytes()).containsExactly(1, 2, 3);
              });
      assertThat(tiles.tile(2, 3, 3)).isEmpty();
      assertThat(tiles.tile(2, 4, 0)).as("outside of the world").isEmpty();
      assertThat(tiles.tile(23, 0, 0)).isEmpty();
    }
  }

  @Test
  void aTileThatIsTooLargeIsMissing() throws Exception {
    try (MapTiles tiles = MapTiles.open(config(tiles("webp", new byte[TileFile.MAX_TILE + 1])))) {
      assertThat(tiles.tile(2, 3, 0)).isEmpty();
    }
  }

  @Test
  void whatIsNoFileOfRasterTilesIsRefusedWithItsName() throws Exception {
    assertThatThrownBy(() -> MapTiles.open(config(folder.resolve("none.mbtiles"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.mbtiles");
    Path text = Files.writeString(folder.resolve("text.mbtiles"), "no database");
    assertThatThrownBy(() -> MapTiles.open(config(text)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("text.mbtiles");
    Path vector = tiles("pbf", new byte[1]);
    assertThatThrownBy(() -> MapTiles.open(config(vector)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("format");
  }

  @Test
  void theAddressOfAServerNamesTheOnlyHostOfPictures() throws Exception {
    MapConfig server =
        new MapConfig(
            new MapConfig.Tiles(null, "https://tiles.example.org:8443/{z}/{x}/{y}.png"), "");
    try (MapTiles tiles = MapTiles.open(server)) {
      assertThat(tiles.origin()).contains("https://tiles.example.org:8443");
      assertThat(tiles.served()).isFalse();
    }
  }
}
