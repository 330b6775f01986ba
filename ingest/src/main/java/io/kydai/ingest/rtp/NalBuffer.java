package io.kydai.ingest.rtp;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The NAL units of the picture that is being put together, each behind its length. */
final class NalBuffer {
  /** Room for {@link #head}. */
  private static final int HEAD = 16;

  private final int limit;
  private byte[] bytes = new byte[16 * 1024];
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
    size = 0;
    open = -1;
  }

  private void reserve(int more) throws MediaException {
    if (more > limit - size) {
      throw new MediaException("sends an access unit of more than " + limit + " bytes");
    }
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(size + more, bytes.length * 2)));
    }
  }
}
