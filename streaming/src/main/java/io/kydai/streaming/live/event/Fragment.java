package io.kydai.streaming.live;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.streaming.mp4.Fragments;
import java.nio.ByteBuffer;

/**
 * An access unit on its way to viewers. It is muxed when the first viewer asks, and then shared; a
 * camera that nobody watches costs no copy.
 */
final class Fragment {
  private final long number;
  private final AccessUnit unit;
  private final long decodeTime;
  private final long duration;
  private ByteBuffer segment;

  Fragment(long number, AccessUnit unit, long decodeTime, long duration) {
    this.number = number;
    this.unit = unit;
    this.decodeTime = decodeTime;
    this.duration = duration;
  }

  AccessUnit unit() {
    return unit;
  }

  /** A view of its own for each caller, on the same bytes. */
  ByteBuffer segment() {
    if (segment == null) {
      segment = Fragments.fragment(number, unit, decodeTime, duration);
    }
    return segment.duplicate();
  }
}
