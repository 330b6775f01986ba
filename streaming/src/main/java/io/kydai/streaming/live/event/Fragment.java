package io.kydai.streaming.live.event;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.streaming.mp4.Fragments;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One picture of a live stream. Its bytes are muxed when the first subscriber asks, and shared from
 * then on: a camera that nobody watches costs no copy. Safe for many threads.
 */
public final class Fragment implements LiveEvent {
  /** Before the segment, so that a protocol's head and the segment are one buffer, in bytes. */
  public static final int ROOM = 10;

  private final long number;
  private final AccessUnit unit;
  private final long decodeTime;
  private final long duration;
  private @Nullable ByteBuffer muxed;
  private @Nullable ByteBuffer headed;

  /**
   * @param number counts a stream's fragments from 1
   * @param decodeTime 1/90000 s, at least 0, not later than the access unit's own
   * @param duration 1/90000 s
   */
  public Fragment(long number, AccessUnit unit, long decodeTime, long duration) {
    this.number = number;
    this.unit = requireNonNull(unit);
    this.decodeTime = decodeTime;
    this.duration = duration;
  }

  /** Whether decoding can begin with it. */
  public boolean keyFrame() {
    return unit.keyFrame();
  }

  /** The picture as the camera sent it, for outputs that do not take MP4. */
  public AccessUnit unit() {
    return unit;
  }

  /** When the picture is shown, 1/90000 s from when the camera was added. */
  public long mediaTime() {
    return unit.mediaTime();
  }

  /** The best estimate of the time at which the picture was taken. */
  public Instant wallClock() {
    return unit.wallClock();
  }

  /** When the picture is decoded, 1/90000 s; not later than it is shown. */
  public long decodeTime() {
    return decodeTime;
  }

  /**
   * When the access unit itself says that it is decoded, 1/90000 s: the stream's own time line, on
   * which {@link #decodeTime} may lag.
   */
  public long time() {
    return unit.decodeTime();
  }

  /** How long the picture is taken to last, 1/90000 s. */
  public long duration() {
    return duration;
  }

  /** The size of the coded picture, which the segment exceeds by its boxes, in bytes. */
  public int size() {
    return unit.size();
  }

  /**
   * {@code moof} and {@code mdat} of the picture (W3C "ISO BMFF Byte Stream Format", section 4): a
   * view of its own for each caller, on the same bytes; read-only, at position 0.
   */
  public synchronized ByteBuffer segment() {
    return muxed().slice(ROOM, muxed().capacity() - ROOM).asReadOnlyBuffer();
  }

  /**
   * The segment behind the head that a protocol gives it, in one buffer, which callers share.
   *
   * @param head at most {@value #ROOM} bytes; one output asks, and always gives the same
   * @return read-only, at position 0; the same for all, who leave its position where it is
   */
  public synchronized ByteBuffer behind(ByteBuffer head) {
    ByteBuffer made = headed;
    if (made == null) {
      int from = ROOM - head.remaining();
      ByteBuffer whole = muxed();
      whole.put(from, head, head.position(), head.remaining());
      made = whole.slice(from, whole.capacity() - from).asReadOnlyBuffer();
      headed = made;
    }
    return made;
  }

  private ByteBuffer muxed() {
    ByteBuffer made = muxed;
    if (made == null) {
      made = Fragments.fragment(ROOM, number, unit, decodeTime, duration);
      muxed = made;
    }
    return made;
  }
}
