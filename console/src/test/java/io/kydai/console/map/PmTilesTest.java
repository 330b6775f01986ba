package io.kydai.console.map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.config.MapConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PmTilesTest {
  private static final int PNG = 2;
  private static final int MVT = 1;

  @TempDir Path folder;

  /** Numbers of a directory, of which no one is larger than 127: a byte each. */
  private static byte[] directory(int... numbers) {
    byte[] bytes = new byte[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      bytes[i] = (byte) numbers[i];
    }
    return bytes;
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  /** A file with a root, one leaf and tiles, as the specification lays them. */
  private Path file(int type, byte[] root, byte[] leaf, byte[] tiles) throws IOException {
    byte[] metadata = gzip("{\"attribution\": \"© somebody\"}".getBytes(UTF_8));
    byte[] packed = gzip(root);
    byte[] leaves = gzip(leaf);
    ByteBuffer file =
        ByteBuffer.allocate(127 + packed.length + metadata.length + leaves.length + tiles.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    file.put("PMTiles".getBytes(UTF_8)).put((byte) 3);
    long at = 127;
    file.putLong(at).putLong(packed.length);
    at += packed.length;
    file.putLong(at).putLong(metadata.length);
    at += metadata.length;
    file.putLong(at).putLong(leaves.length);
    at += leaves.length;
    file.putLong(at).putLong(tiles.length);
    file.put(97, (byte) 2).put(98, (byte) 1).put(99, (byte) type).put(101, (byte) 9);
    file.position(127);
    file.put(packed).put(metadata).put(leaves).put(tiles);
    return Files.write(folder.resolve("hue.pmtiles"), file.array());
  }

  private static MapTiles open(Path file) throws IOException {
    return MapTiles.open(new MapConfig(new MapConfig.Tiles(file, null), ""));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0",
    "1, 0, 0, 1",
    "1, 0, 1, 2",
    "1, 1, 1, 3",
    "1, 1, 0, 4",
    "2, 0, 0, 5",
    "2, 3, 3, 15",
    "12, 3423, 1763, 19078479"
  })
  void aTileHasItsNumberAlongTheCurve(int z, int x, int y, long id) {
    assertThat(TileDirectory.id(z, x, y)).isEqualTo(id);
  }

  @Test
  void tilesAreFoundInTheRootInARunAndInALeaf() throws Exception {
    // Ids 0 and 1 to 4, which have the same tile, in the root; those from 5 on in a leaf.
    byte[] root = directory(3, 0, 1, 4, 1, 4, 0, 2, 3, 0, 1, 0, 1);
    byte[] leaf = directory(1, 5, 1, 2, 6);
    int leafLength = gzip(leaf).length;
    root[9] = (byte) leafLength;
    Path path = file(PNG, root, leaf, new byte[] {10, 11, 20, 21, 22, 50, 51});
    try (MapTiles tiles = open(path)) {
      assertThat(tiles.maxZoom()).isEqualTo(9);
      assertThat(tiles.attribution()).isEqualTo("© somebody");
      assertThat(tiles.tile(0, 0, 0).orElseThrow().bytes()).containsExactly(10, 11);
      assertThat(tiles.tile(0, 0, 0).orElseThrow().mediaType()).isEqualTo("image/png");
      for (int[] at : new int[][] {{0, 0}, {0, 1}, {1, 1}, {1, 0}}) {
        assertThat(tiles.tile(1, at[0], at[1]).orElseThrow().bytes()).containsExactly(20, 21, 22);
      }
      assertThat(tiles.tile(2, 0, 0).orElseThrow().bytes()).containsExactly(50, 51);
      assertThat(tiles.tile(2, 3, 3)).as("the leaf does not have it").isEmpty();
    }
  }

  @Test
  void whatIsDamagedOrHasOtherTilesIsRefusedWithItsName() throws Exception {
    byte[] root = directory(1, 0, 1, 2, 1);
    Path vector = file(MVT, root, root, new byte[2]);
    assertThatThrownBy(() -> open(vector))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("hue.pmtiles")
        .hasMessageContaining("png");
    Path early = file(PNG, directory(9, 1, 1), root, new byte[2]);
    assertThatThrownBy(() -> open(early)).hasMessageContaining("ends too early");
    byte[] whole = Files.readAllBytes(file(PNG, root, root, new byte[2]));
    int opened = whole.length - gzip(root).length - 2; // Leaves and tiles are read later.
    for (int length = 7; length < opened; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      Path path = Files.write(folder.resolve("cut.pmtiles"), cut);
      assertThatThrownBy(() -> open(path).close()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aTileThatIsSaidToLieOutsideTheFileIsAnErrorAndNoReadBeyond() throws Exception {
    Path path = file(PNG, directory(1, 0, 1, 100, 1), directory(0), new byte[2]);
    try (MapTiles tiles = open(path)) {
      assertThatThrownBy(() -> tiles.tile(0, 0, 0)).isInstanceOf(IOException.class);
    }
  }
}
