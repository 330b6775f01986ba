package io.kydai.ingest.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A source (SSRC) of a track's packets beside the one that is followed. It keeps copies, on the
 * heap, of packets that would be wanted if this source took the followed one's place: at most
 * {@value #MAX_PACKETS} and {@value #MAX_BYTES} bytes. When they are full, all of them are dropped,
 * and it begins to keep again.
 */
final class OtherSource {
  static final int MAX_PACKETS = 512;
  static final int MAX_BYTES = 512 * 1024;

  /**
   * A copy of a packet.
   *
   * @param owner what its payload is a view into
   * @param at its arrival, in nanoseconds
   */
  record Held(RtpPacket packet, ByteBuf owner, long at) {}

  private final int ssrc;
  private final Deque<Held> held = new ArrayDeque<>();
  private int bytes;
  private boolean heard;
  private boolean alone;
  private boolean inOrder;
  private int lastSequence;
  private long lastAt;
  private long aloneSince;
  private int interruptions;

  OtherSource(int ssrc) {
    this.ssrc = ssrc;
  }

  int ssrc() {
    return ssrc;
  }

  /** Notes that a packet of this source came. */
  void hear(RtpPacket packet, long now) {
    int step = (short) (packet.sequence() - lastSequence);
    if (heard && step == 1) {
      inOrder = true;
    } else if (Math.abs(step) > ReorderBuffer.MAX_DROPOUT) {
      inOrder = false;
    }
    heard = true;
    lastSequence = packet.sequence();
    lastAt = now;
    if (!alone) {
      alone = true;
      aloneSince = now;
    }
  }

  /** Keeps a copy of a packet. Returns how many earlier ones were dropped to make room. */
  int hold(ByteBuf packet, long now) {
    int dropped = 0;
    if (held.size() == MAX_PACKETS || bytes + packet.readableBytes() > MAX_BYTES) {
      dropped = drop();
    }
    ByteBuf copy = Unpooled.copiedBuffer(packet);
    held.add(new Held(RtpPacket.parse(copy).orElseThrow(), copy, now));
    bytes += copy.readableBytes();
    return dropped;
  }

  /**
   * Notes that the followed source went on, and drops the copies of packets that came before a
   * time. Returns how many were dropped.
   */
  int interrupt(long before) {
    if (alone) {
      alone = false;
      interruptions++;
    }
    int dropped = 0;
    for (Held first = held.peek(); first != null && first.at - before < 0; first = held.peek()) {
      bytes -= held.remove().owner.readableBytes();
      dropped++;
    }
    return dropped;
  }

  /** Drops all copies; returns how many there were. */
  int drop() {
    int dropped = held.size();
    held.clear();
    bytes = 0;
    return dropped;
  }

  /** Returns the copies, oldest first. */
  List<Held> held() {
    return List.copyOf(held);
  }

  /** Returns how often the followed source went on after packets of this one. */
  int interruptions() {
    return interruptions;
  }

  /** Returns whether a packet came that has the number after that of the packet before it. */
  boolean isInOrder() {
    return inOrder;
  }

  /** Returns the time since the newest packet, in nanoseconds. */
  long quietFor(long now) {
    return now - lastAt;
  }

  /**
   * Returns the time since the first packet that came after the newest one of the followed source,
   * in nanoseconds.
   */
  long aloneFor(long now) {
    return alone ? now - aloneSince : 0;
  }
}
