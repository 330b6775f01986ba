package io.kydai.ingest.rtp;

import io.kydai.ingest.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * A source (SSRC) of a track's packets other than the followed one. It keeps copies, on the heap,
 * of the packets that are needed if this source replaces the followed one: at most {@value
 * #MAX_PACKETS} packets and {@value #MAX_BYTES} bytes. When a limit is reached, all copies are
 * dropped and keeping starts again.
 */
final class OtherSource {
  static final int MAX_PACKETS = 512;
  static final int MAX_BYTES = 512 * 1024;

  /**
   * A copy of a packet.
   *
   * @param packet the packet
   * @param owner the buffer that the packet's payload is a slice of
   * @param at the arrival time in nanoseconds
   */
  record Held(RtpPacket packet, ByteBuf owner, long at) {}

  private final int ssrc;
  private final Deque<Held> held = new ArrayDeque<>();
  private int bytes;
  private boolean started;
  private boolean alone;
  private boolean inOrder;
  private int lastSequence;
  private long lastAt;
  private long aloneTime;
  private int interruptions;

  OtherSource(int ssrc) {
    this.ssrc = ssrc;
  }

  int ssrc() {
    return ssrc;
  }

  /**
   * Records that a packet of this source arrived.
   *
   * @param now the arrival time in nanoseconds
   * @param most the longest time between two packets that counts as time in which this source sent,
   *     in nanoseconds: in a longer one, the connection may have delivered nothing of any source
   */
  void received(RtpPacket packet, long now, long most) {
    int step = (short) (packet.sequence() - lastSequence);
    if (started && step == 1) {
      inOrder = true;
    } else if (Math.abs(step) > ReorderBuffer.MAX_DROPOUT) {
      inOrder = false;
    }
    started = true;
    lastSequence = packet.sequence();
    aloneTime = alone ? aloneTime + Math.min(now - lastAt, most) : 0;
    alone = true;
    lastAt = now;
  }

  /**
   * Keeps a copy of a packet. Returns how many earlier copies were dropped because a limit was
   * reached.
   */
  int hold(ByteBuf packet, long now) {
    int dropped = isFull(packet) ? drop() : 0;
    ByteBuf copy = Unpooled.copiedBuffer(packet);
    held.add(new Held(RtpPacket.parse(copy).orElseThrow(), copy, now));
    bytes += copy.readableBytes();
    return dropped;
  }

  /** Returns whether a limit is reached before a packet. */
  boolean isFull(ByteBuf packet) {
    return held.size() == MAX_PACKETS || bytes + packet.readableBytes() > MAX_BYTES;
  }

  /**
   * Records that the followed source continued, and drops the copies of packets that arrived before
   * a time. Returns how many were dropped.
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

  /** Returns how often the followed source continued after packets of this one. */
  int interruptions() {
    return interruptions;
  }

  /** Returns whether two consecutive packets of this source had consecutive sequence numbers. */
  boolean isInOrder() {
    return inOrder;
  }

  /** Returns the time since the newest packet, in nanoseconds. */
  long quietFor(long now) {
    return now - lastAt;
  }

  /**
   * Returns for how long only this source has sent, from its first packet after the newest one of
   * the followed source to its newest, in nanoseconds; 0 when there is none.
   */
  long aloneFor() {
    return alone ? aloneTime : 0;
  }
}
