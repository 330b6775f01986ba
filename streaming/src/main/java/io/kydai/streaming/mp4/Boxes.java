package io.kydai.streaming.mp4;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds boxes (ISO/IEC 14496-12, section 4.2) in bytes that are at hand. */
final class Boxes {
  private static final int HEADER = 8;

  private Boxes() {}

  /**
   * Finds the first box of a type among boxes that stand one behind another.
   *
   * @return a view of the box with its header; null when there is none before the bytes end
   */
  static @Nullable ByteBuffer find(ByteBuffer boxes, String type) {
    int at = boxes.position();
    while (boxes.limit() - at >= HEADER) {
      long size = boxes.getInt(at) & 0xffff_ffffL;
      if (size < HEADER || size > boxes.limit() - at) {
        return null;
      }
      ByteBuffer box = boxes.slice(at, (int) size);
      if (type(box).equals(type)) {
        return box;
      }
      at += (int) size;
    }
    return null;
  }

  /** Finds a box as {@link #find} does; there must be one. */
  static ByteBuffer required(ByteBuffer boxes, String type) throws MalformedBoxException {
    ByteBuffer box = find(boxes, type);
    if (box == null) {
      throw new MalformedBoxException("there is no " + type);
    }
    return box;
  }

  /** The type of a box, four characters. */
  static String type(ByteBuffer box) {
    return US_ASCII.decode(box.slice(4, 4)).toString();
  }

  /** A view of what stands in a box behind its header. */
  static ByteBuffer content(ByteBuffer box) {
    return box.slice(box.position() + HEADER, box.remaining() - HEADER);
  }

  /** Finds all boxes of a type among boxes that stand one behind another, as {@link #find} does. */
  static List<ByteBuffer> all(ByteBuffer boxes, String type) {
    List<ByteBuffer> found = new ArrayList<>();
    int at = boxes.position();
    while (boxes.limit() - at >= HEADER) {
      long size = boxes.getInt(at) & 0xffff_ffffL;
      if (size < HEADER || size > boxes.limit() - at) {
        break;
      }
      ByteBuffer box = boxes.slice(at, (int) size);
      if (type(box).equals(type)) {
        found.add(box);
      }
      at += (int) size;
    }
    return found;
  }
}
