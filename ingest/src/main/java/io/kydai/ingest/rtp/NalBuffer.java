package io.kydai.ingest.rtp;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The NAL units of the picture that is being put together, each behind its length. It grows with
 * the pictures, and gives back what it no longer needs: after {@value #LOOK_EVERY} pictures it is
 * as large as the largest of them.
 */
final class NalBuffer {
  /** Bytes of a NAL unit's length before it. */
  private static final int PREFIX = 4;

  /** Some groups of pictures, so that key pictures are among them. */
  private static final int LOOK_EVERY = 256;

  private static final int SMALLEST = 16 * 1024;

  private final int limit;
  private byte[] bytes = new byte[0];
  private int pictures;
  private int largest;
  private int size;
  private int open = -1;

  /** Up to where the open NAL unit holds no start code. */
  private int searched;

  /**
   * @param limit in bytes, all NAL units of a picture together
   */
  NalBuffer(int limit) {
    this.limit = limit;
  }

  boolean isOpen() {
    return open >= 0;
  }

  void begin() throws MediaException {
    reserve(PREFIX);
    open = size;
    size += PREFIX;
    searched = size;
  }

  void append(byte[] header) throws MediaException {
    reserve(header.length);
    System.arraycopy(header, 0, bytes, size, header.length);
    size += header.length;
  }

  void append(ByteBuf source, int index, int length) throws MediaException {
    reserve(length);
    source.getBytes(index, bytes, size, length);
    size += length;
  }

  /**
   * Where the open NAL unit holds a start code that was not found yet; -1 where it holds none. What
   * is behind it belongs to another one, see {@link #split}.
   */
  int startCode() {
    // The first bytes of a start code may have come with the piece before.
    int from = Math.max(open + PREFIX, searched - StartCodes.LENGTH + 1);
    searched = size;
    return StartCodes.find(bytes, from, size);
  }

  /**
   * Parts the open NAL unit at a start code and closes what is before it.
   *
   * @return how many bytes stand behind the start code; {@link #reopen} makes them the next one
   */
  int split(int startCode) {
    int behind = size - startCode - StartCodes.LENGTH;
    size = StartCodes.withoutTrailingZeros(bytes, open + PREFIX, startCode);
    return behind;
  }

  /**
   * Begins the next NAL unit with bytes that came with the one before it.
   *
   * @param from where they stand, at most one byte before their new place
   */
  void reopen(int from, int length) throws MediaException {
    reserve(PREFIX + length);
    System.arraycopy(bytes, from, bytes, size + PREFIX, length);
    begin();
    size += length;
  }

  /** Closes the NAL unit; it stays in the buffer unless {@link #dropLast} follows. */
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

  /** Bytes of the last NAL unit, which begins there. */
  int length(int start) {
    return size - start - PREFIX;
  }

  NalUnit classify(int start, NalClassifier classifier) {
    return classifier.classify(bytes, start + PREFIX, size);
  }

  /** A copy of the last NAL unit. */
  byte[] nal(int start) {
    return Arrays.copyOfRange(bytes, start + PREFIX, size);
  }

  void dropLast(int start) {
    size = start;
  }

  /** Forgets the NAL unit that was begun, if one was. */
  void abort() {
    if (open >= 0) {
      size = open;
      open = -1;
    }
  }

  /** All NAL units, each behind its length. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** All NAL units behind others. */
  byte[] toBytes(byte[] before) {
    byte[] all = Arrays.copyOf(before, before.length + size);
    System.arraycopy(bytes, 0, all, before.length, size);
    return all;
  }

  void clear() {
    largest = Math.max(largest, size);
    size = 0;
    open = -1;
    if (++pictures == LOOK_EVERY) {
      if (bytes.length > 2 * Math.max(SMALLEST, largest)) {
        bytes = new byte[Math.max(SMALLEST, largest)];
      }
      pictures = 0;
      largest = 0;
    }
  }

  /** Bytes that it holds on to. */
  int capacity() {
    return bytes.length;
  }

  private void reserve(int more) throws MediaException {
    if (more > limit - size) {
      throw new MediaException("sends an access unit of more than " + limit + " bytes");
    }
    if (size + more > bytes.length) {
      int room = Math.max(SMALLEST, Math.max(size + more, bytes.length * 2));
      bytes = Arrays.copyOf(bytes, Math.min(limit, room));
    }
  }
}
