package io.kydai.ingest.rtp;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * The NAL units of the picture that is being put together, each behind its length. It grows with
 * the pictures, and gives back what it no longer needs: after {@value #LOOK_EVERY} pictures it is
 * as large as the largest of them.
 */
final class NalBuffer {
  /** Room for {@link #head}. */
  private static final int HEAD = 16;

  /** Some groups of pictures, so that key pictures are among them. */
  private static final int LOOK_EVERY = 256;

  private static final int SMALLEST = 16 * 1024;

  private final int limit;
  private byte[] bytes = new byte[0];
  private int pictures;
  private int largest;
  private int size;
  private int open = -1;

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
    reserve(4);
    open = size;
    size += 4;
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

  /** Closes the NAL unit; it stays in the buffer unless {@link #dropLast} follows. */
  int end() {
    int start = open;
    int length = size - start - 4;
    bytes[start] = (byte) (length >>> 24);
    bytes[start + 1] = (byte) (length >>> 16);
    bytes[start + 2] = (byte) (length >>> 8);
    bytes[start + 3] = (byte) length;
    open = -1;
    return start;
  }

  byte header(int start) {
    return bytes[start + 4];
  }

  /** The first bytes of the NAL unit that begins there. */
  byte[] head(int start) {
    return Arrays.copyOfRange(bytes, start + 4, Math.min(size, start + 4 + HEAD));
  }

  byte[] nal(int start) {
    return Arrays.copyOfRange(bytes, start + 4, size);
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

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
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
