package io.kydai.console.map;

import java.io.IOException;
import java.util.Optional;

/**
 * A file of raster tiles, opened for reading only. Its methods are called by one thread at a time.
 */
interface TileFile extends AutoCloseable {
  /** The largest tile in bytes; larger ones are answered as though they were missing. */
  int MAX_TILE = 1024 * 1024;

  /** Returns the media type of the tiles. */
  String mediaType();

  /** Returns the text that the licence asks for; empty where the file has none. */
  String attribution();

  /**
   * Returns the largest zoom that there are tiles of, as the file says; empty where it does not.
   */
  Optional<Integer> maxZoom();

  /**
   * Returns a tile.
   *
   * @param z the zoom, of which x and y are within the world
   * @param x from the west
   * @param y from the north
   * @return empty where there is none
   * @throws IOException when the file cannot be read
   */
  Optional<byte[]> tile(int z, int x, int y) throws IOException;

  @Override
  void close() throws IOException;
}
