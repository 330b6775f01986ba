package io.kydai.console.map;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A directory of PMTiles version 3 (spec v3, section 4): entries by the tile's id along Hilbert
 * curves, in columns of variable-width integers.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><td>entries</td><td>{@value #MAX_ENTRIES}</td><td>the file cannot be read</td></tr>
 * </table>
 */
final class TileDirectory {
  static final int MAX_ENTRIES = 100_000;
  private static final int MOST_BITS = 63;

  private final long[] ids;
  private final long[] runs;
  private final long[] lengths;
  private final long[] offsets;

  private TileDirectory(int size) {
    ids = new long[size];
    runs = new long[size];
    lengths = new long[size];
    offsets = new long[size];
  }

  /**
   * What a directory has of a tile.
   *
   * @param leaf whether it is a further directory that may have the tile
   * @param offset in the section of the directories or of the tiles
   * @param length in bytes
   */
  record Entry(boolean leaf, long offset, long length) {}

  /**
   * Reads a directory.
   *
   * @param bytes uncompressed
   * @throws IOException when they are no directory
   */
  static TileDirectory read(byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      long size = varint(in);
      if (size > MAX_ENTRIES) {
        throw new IOException("a directory has " + size + " entries, more than " + MAX_ENTRIES);
      }
      TileDirectory directory = new TileDirectory((int) size);
      long id = 0;
      for (int i = 0; i < size; i++) {
        id += varint(in);
        directory.ids[i] = id;
      }
      for (int i = 0; i < size; i++) {
        directory.runs[i] = varint(in);
      }
      for (int i = 0; i < size; i++) {
        directory.lengths[i] = varint(in);
      }
      for (int i = 0; i < size; i++) {
        long given = varint(in);
        // 0 stands for the place behind the entry before.
        directory.offsets[i] =
            given == 0 && i > 0 ? directory.offsets[i - 1] + directory.lengths[i - 1] : given - 1;
      }
      return directory;
    } catch (BufferUnderflowException e) {
      throw new IOException("a directory ends too early", e);
    }
  }

  private static long varint(ByteBuffer in) throws IOException {
    long value = 0;
    for (int shift = 0; shift < MOST_BITS; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IOException("a number of a directory is too long");
  }

  /** Returns what there is of a tile; empty where there is nothing. */
  Optional<Entry> find(long id) {
    int found = Arrays.binarySearch(ids, id);
    int at = found >= 0 ? found : -found - 2;
    if (at < 0) {
      return Optional.empty();
    }
    boolean leaf = runs[at] == 0;
    return leaf || id - ids[at] < runs[at]
        ? Optional.of(new Entry(leaf, offsets[at], lengths[at]))
        : Optional.empty();
  }

  /**
   * Returns the id of a tile: its number along the Hilbert curve of its zoom, behind the tiles of
   * all lower zooms.
   */
  static long id(int z, int x, int y) {
    long before = ((1L << (2 * z)) - 1) / 3;
    long along = 0;
    int column = x;
    int row = y;
    for (int side = 1 << z >> 1; side > 0; side >>= 1) {
      int right = (column & side) != 0 ? 1 : 0;
      int down = (row & side) != 0 ? 1 : 0;
      along += (long) side * side * ((3 * right) ^ down);
      if (down == 0) {
        if (right == 1) {
          column = side - 1 - column;
          row = side - 1 - row;
        }
        int swapped = column;
        column = row;
        row = swapped;
      }
    }
    return before + along;
  }
}
