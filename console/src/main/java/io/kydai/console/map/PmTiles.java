package io.kydai.console.map;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A file of PMTiles version 3 (github.com/protomaps/PMTiles, spec v3) with raster tiles.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><td>a directory or the metadata, uncompressed</td><td>{@value #MAX_PART} bytes</td>
 *     <td>the file cannot be read</td></tr>
 * <tr><td>directories in memory</td><td>{@value #MAX_LEAVES}, and the root</td>
 *     <td>the one that was used longest ago is forgotten</td></tr>
 * <tr><td>directories over a tile</td><td>{@value #MAX_DEPTH}</td><td>the tile is missing</td></tr>
 * </table>
 */
final class PmTiles implements TileFile {
  static final int MAX_PART = 4 * 1024 * 1024;
  private static final int MAX_LEAVES = 8;
  private static final int MAX_DEPTH = 4;
  private static final int MAX_ATTRIBUTION = 1_000;
  private static final byte[] MAGIC = "PMTiles".getBytes(US_ASCII);
  private static final int VERSION = 3;
  private static final int HEADER = 127;
  private static final int NONE = 1;
  private static final int GZIP = 2;

  /** The media types of the raster formats, by their number. */
  private static final Map<Integer, String> TYPES =
      Map.of(2, "image/png", 3, "image/jpeg", 4, "image/webp");

  /** Where the sections are, and how they are written. */
  private record Header(
      long root,
      long rootLength,
      long metadata,
      long metadataLength,
      long leaves,
      long tiles,
      int partCompression,
      int tileCompression,
      int type,
      int maxZoom) {
    static Header read(ByteBuffer in) throws IOException {
      in.order(ByteOrder.LITTLE_ENDIAN);
      if (in.get(MAGIC.length) != VERSION) {
        throw new IOException("its version is not " + VERSION);
      }
      Header header =
          new Header(
              in.getLong(8),
              in.getLong(16),
              in.getLong(24),
              in.getLong(32),
              in.getLong(40),
              in.getLong(56),
              in.get(97),
              in.get(98),
              in.get(99),
              in.get(101));
      if (!TYPES.containsKey(header.type)) {
        throw new IOException("its tiles are not png, jpg or webp");
      }
      if (header.partCompression != NONE && header.partCompression != GZIP) {
        throw new IOException("its directories are compressed by something else than gzip");
      }
      return header;
    }
  }

  private final FileChannel channel;
  private final Header header;
  private final TileDirectory root;
  private final String attribution;
  private final Map<Long, TileDirectory> leaves =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, TileDirectory> eldest) {
          return size() > MAX_LEAVES;
        }
      };

  private PmTiles(FileChannel channel) throws IOException {
    this.channel = channel;
    ByteBuffer start = ByteBuffer.wrap(bytes(channel, 0, HEADER));
    header = Header.read(start);
    root = TileDirectory.read(part(header.root, header.rootLength));
    attribution = attribution(part(header.metadata, header.metadataLength));
  }

  /** Returns whether a file says of itself that it is PMTiles. */
  static boolean is(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    }
  }

  /**
   * Opens a file.
   *
   * @throws IOException when it is no PMTiles of version 3, or has no raster tiles
   */
  static PmTiles open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new PmTiles(channel);
    } catch (IOException e) {
      channel.close();
      throw new IOException(path + " is no PMTiles with raster tiles: " + e.getMessage(), e);
    }
  }

  private static byte[] bytes(FileChannel channel, long offset, long length) throws IOException {
    if (offset < 0 || length < 0 || length > MAX_PART || offset > channel.size() - length) {
      throw new IOException(length + " bytes at " + offset + " are not in the file, or too many");
    }
    ByteBuffer into = ByteBuffer.allocate((int) length);
    while (into.hasRemaining() && channel.read(into, offset + into.position()) >= 0) {}
    if (into.hasRemaining()) {
      throw new IOException("the file ends too early");
    }
    return into.array();
  }

  private byte[] part(long offset, long length) throws IOException {
    return uncompressed(bytes(channel, offset, length), header.partCompression, MAX_PART);
  }

  private static byte[] uncompressed(byte[] bytes, int compression, int most) throws IOException {
    if (compression != GZIP) {
      return bytes;
    }
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] all = in.readNBytes(most + 1);
      if (all.length > most) {
        throw new IOException("more than " + most + " bytes uncompressed");
      }
      return all;
    }
  }

  private static String attribution(byte[] metadata) throws IOException {
    JsonNode known = new ObjectMapper().readTree(metadata).path("attribution");
    String text = known.asText("");
    return text.length() <= MAX_ATTRIBUTION ? text : "";
  }

  @Override
  public String mediaType() {
    return TYPES.getOrDefault(header.type, "image/png");
  }

  @Override
  public String attribution() {
    return attribution;
  }

  @Override
  public Optional<Integer> maxZoom() {
    return Optional.of(header.maxZoom);
  }

  @Override
  public Optional<byte[]> tile(int z, int x, int y) throws IOException {
    long id = TileDirectory.id(z, x, y);
    TileDirectory directory = root;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      Optional<TileDirectory.Entry> found = directory.find(id);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      TileDirectory.Entry entry = found.get();
      if (!entry.leaf()) {
        return tile(entry);
      }
      directory = leaf(entry);
    }
    return Optional.empty();
  }

  private TileDirectory leaf(TileDirectory.Entry entry) throws IOException {
    TileDirectory known = leaves.get(entry.offset());
    if (known == null) {
      known = TileDirectory.read(part(header.leaves + entry.offset(), entry.length()));
      leaves.put(entry.offset(), known);
    }
    return known;
  }

  private Optional<byte[]> tile(TileDirectory.Entry entry) throws IOException {
    if (entry.length() > MAX_TILE) {
      return Optional.empty();
    }
    byte[] stored = bytes(channel, header.tiles + entry.offset(), entry.length());
    return Optional.of(uncompressed(stored, header.tileCompression, MAX_TILE));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
