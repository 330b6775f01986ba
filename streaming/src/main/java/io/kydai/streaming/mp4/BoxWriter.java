package io.kydai.streaming.mp4;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A writer of boxes (ISO/IEC 14496-12, section 4.2), one behind or inside another. A box's size is
 * filled in when its content is written. Numbers are big-endian. The array grows as needed. For one
 * thread.
 */
final class BoxWriter {
  private byte[] bytes;
  private int size;

  BoxWriter(int expectedSize) {
    bytes = new byte[Math.max(16, expectedSize)];
  }

  BoxWriter box(String type, Runnable content) {
    int start = size;
    u32(0).text(type);
    content.run();
    patch32(start, size - start);
    return this;
  }

  BoxWriter fullBox(String type, int version, int flags, Runnable content) {
    return box(
        type,
        () -> {
          u32((long) version << 24 | flags);
          content.run();
        });
  }

  BoxWriter u8(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
    return this;
  }

  BoxWriter u16(int value) {
    return u8(value >> 8).u8(value);
  }

  BoxWriter u32(long value) {
    return u16((int) (value >> 16)).u16((int) value);
  }

  BoxWriter u64(long value) {
    return u32(value >> 32).u32(value);
  }

  BoxWriter zeros(int count) {
    reserve(count);
    size += count;
    return this;
  }

  BoxWriter text(String ascii) {
    return put(ascii.getBytes(US_ASCII));
  }

  BoxWriter put(byte[] content) {
    reserve(content.length);
    System.arraycopy(content, 0, bytes, size, content.length);
    size += content.length;
    return this;
  }

  BoxWriter put(ByteBuffer content) {
    int length = content.remaining();
    reserve(length);
    content.get(bytes, size, length);
    size += length;
    return this;
  }

  int size() {
    return size;
  }

  void patch32(int at, int value) {
    ByteBuffer.wrap(bytes).putInt(at, value);
  }

  /** The bytes that were written, without a copy; read-only. Nothing may be written after this. */
  ByteBuffer finish() {
    return writable().asReadOnlyBuffer();
  }

  /** As {@link #finish}, for whoever writes into them. */
  ByteBuffer writable() {
    return ByteBuffer.wrap(bytes, 0, size).slice();
  }

  private void reserve(int count) {
    if (bytes.length - size < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, count)));
    }
  }
}
