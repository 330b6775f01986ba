package io.kydai.ingest.rtp.nal;

import io.kydai.ingest.rtp.packet.MediaException;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The buffer of the NAL units of the picture that is being assembled, each preceded by its length
 * in 4 bytes, big-endian. The buffer grows as needed up to its limit. Between pictures it is empty
 * and holds no memory: its array comes from the {@link ArrayPool} of the event loop.
 */
final class NalBuffer {
  /** The size in bytes of the length before each NAL unit. */
  private static final int PREFIX = 4;

  private static final int SMALLEST = 16 * 1024;
  private static final byte[] NONE = {};

  private final int limit;
  private byte[] bytes = NONE;
  private int size;
  private int open = -1;

  /** The index up to which the open NAL unit was searched for start codes. */
  private int searched;

  /**
   * Creates an empty buffer.
   *
   * @param limit the largest size in bytes of all NAL units of a picture with their lengths
   */
  NalBuffer(int limit) {
    this.limit = limit;
  }

  /** Returns whether a NAL unit is begun and not ended. */
  boolean isOpen() {
    return open >= 0;
  }

  /** Begins a NAL unit. */
  void begin() throws MediaException {
    reserve(PREFIX);
    open = size;
    size += PREFIX;
    searched = size;
  }

  /**
   * Appends a header to the open NAL unit.
   *
   * @param header its bytes, big-endian, in the lowest {@code length} bytes
   * @param length its length in bytes, 1 or 2
   * @throws MediaException when the limit would be exceeded
   */
  void append(int header, int length) throws MediaException {
    reserve(length);
    if (length == 2) {
      bytes[size++] = (byte) (header >>> 8);
    }
    bytes[size++] = (byte) header;
  }

  /**
   * Appends a part of a payload to the open NAL unit.
   *
   * @throws MediaException when the limit would be exceeded
   */
  void append(ByteBuf source, int index, int length) throws MediaException {
    reserve(length);
    source.getBytes(index, bytes, size, length);
    size += length;
  }

  /**
   * Returns the index of the next start code in the open NAL unit; -1 when there is none. The bytes
   * after the start code belong to another NAL unit, see {@link #split}.
   */
  int startCode() {
    // The first bytes of a start code may have been appended with the fragment before.
    int from = Math.max(open + PREFIX, searched - StartCodes.LENGTH + 1);
    searched = size;
    return StartCodes.find(bytes, from, size);
  }

  /**
   * Ends the content of the open NAL unit at a start code. {@link #end} must follow.
   *
   * @return the number of bytes after the start code, of which {@link #reopen} makes the next NAL
   *     unit
   */
  int split(int startCode) {
    int after = size - startCode - StartCodes.LENGTH;
    size = StartCodes.withoutTrailingZeros(bytes, open + PREFIX, startCode);
    return after;
  }

  /**
   * Begins the next NAL unit with bytes that were appended after a start code in the one before.
   *
   * @param from the current index of the bytes, at most one byte before their new index
   * @param length their number
   */
  void reopen(int from, int length) throws MediaException {
    reserve(PREFIX + length);
    System.arraycopy(bytes, from, bytes, size + PREFIX, length);
    begin();
    size += length;
  }

  /**
   * Ends the open NAL unit and returns its start, which identifies it. The NAL unit stays in the
   * buffer unless {@link #dropLast} follows.
   */
  int end() {
    int start = open;
    int length = size - start - PREFIX;
    bytes[start] = (byte) (length >>> 24);
    bytes[start + 1] = (byte) (length >>> 16);
    bytes[start + 2] = (byte) (length >>> 8);
    bytes[start + 3] = (byte) length;
    open = -1;
    return start;
  }

  /**
   * Returns the length in bytes of the last NAL unit, without the length before it.
   *
   * @param start what {@link #end} returned
   */
  int length(int start) {
    return size - start - PREFIX;
  }

  /**
   * Returns the classification of the last NAL unit.
   *
   * @param start what {@link #end} returned
   */
  NalUnit classify(int start, NalClassifier classifier) {
    return classifier.classify(bytes, start + PREFIX, size);
  }

  /** Returns a copy of the last NAL unit. */
  byte[] nal(int start) {
    return Arrays.copyOfRange(bytes, start + PREFIX, size);
  }

  /** Removes the last NAL unit. */
  void dropLast(int start) {
    size = start;
  }

  /** Removes the open NAL unit, if there is one. */
  void abort() {
    if (open >= 0) {
      size = open;
      open = -1;
    }
  }

  /** Returns all NAL units, each preceded by its length. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Returns the given bytes followed by all NAL units, each preceded by its length. */
  byte[] toBytes(byte[] before) {
    byte[] all = Arrays.copyOf(before, before.length + size);
    System.arraycopy(bytes, 0, all, before.length, size);
    return all;
  }

  /** Removes all NAL units and returns the array to the pool, at the end of a picture. */
  void clear() {
    size = 0;
    open = -1;
    if (bytes.length > 0) {
      ArrayPool.ofThread().release(bytes);
      bytes = NONE;
    }
  }

  /** Returns the length of the array that is held. */
  int capacity() {
    return bytes.length;
  }

  private void reserve(int more) throws MediaException {
    if (more > limit - size) {
      throw new MediaException("sends an access unit of more than " + limit + " bytes");
    }
    if (size + more > bytes.length) {
      grow(size + more);
    }
  }

  private void grow(int needed) {
    if (bytes.length == 0) {
      byte[] pooled = ArrayPool.ofThread().take();
      if (pooled != null && pooled.length >= needed) {
        bytes = pooled;
        return;
      }
    }
    int capacity = Math.max(SMALLEST, Math.max(needed, bytes.length * 2));
    bytes = Arrays.copyOf(bytes, Math.min(limit, capacity));
  }
}
