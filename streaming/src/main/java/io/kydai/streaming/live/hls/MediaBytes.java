package io.kydai.streaming.live.hls;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Bytes of MP4 that stand in several buffers, which are shared by all who send them, and read-only.
 * Immutable; safe for many threads.
 */
public final class MediaBytes {
  private final List<ByteBuffer> buffers;
  private final int size;

  MediaBytes(List<ByteBuffer> buffers) {
    this.buffers = buffers.stream().map(ByteBuffer::asReadOnlyBuffer).toList();
    size = this.buffers.stream().mapToInt(ByteBuffer::remaining).sum();
  }

  static MediaBytes joined(List<MediaBytes> pieces) {
    return new MediaBytes(pieces.stream().flatMap(piece -> piece.buffers.stream()).toList());
  }

  /** Views of the caller's own on the bytes, in their order; read-only. */
  public List<ByteBuffer> buffers() {
    return buffers.stream().map(ByteBuffer::duplicate).toList();
  }

  /** Their number. */
  public int size() {
    return size;
  }
}
