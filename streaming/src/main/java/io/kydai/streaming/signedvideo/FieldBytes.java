package io.kydai.streaming.signedvideo;

import io.kydai.streaming.signedvideo.SigningDocument.UnreadableException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Parts of a field of a signing document. */
final class FieldBytes {
  private FieldBytes() {}

  /** Returns the next bytes. @throws BufferUnderflowException when there are fewer */
  static byte[] take(ByteBuffer value, int count) {
    byte[] taken = new byte[Math.min(count, value.remaining())];
    if (taken.length < count) {
      throw new BufferUnderflowException();
    }
    value.get(taken);
    return taken;
  }

  static byte[] rest(ByteBuffer value) {
    return take(value, value.remaining());
  }

  /** Returns the hashes of a list. */
  static List<byte[]> hashes(byte[] list, int size) throws UnreadableException {
    if (list.length % size != 0) {
      throw new UnreadableException("a signing document has hashes of a wrong size");
    }
    List<byte[]> hashes = new ArrayList<>(list.length / size);
    for (int at = 0; at < list.length; at += size) {
      hashes.add(Arrays.copyOfRange(list, at, at + size));
    }
    return hashes;
  }

  /** Returns text without what is not to be seen. */
  static String printable(byte[] text) {
    StringBuilder printable = new StringBuilder(text.length);
    for (byte one : text) {
      if (one >= ' ' && one < 0x7f || one == '\n') {
        printable.append((char) one);
      }
    }
    return printable.toString();
  }
}
