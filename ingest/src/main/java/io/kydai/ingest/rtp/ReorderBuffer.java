package io.kydai.ingest.rtp;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts packets into the order of their sequence numbers, each once, and tells what is missing
 * (after RFC 3550, appendix A.1).
 *
 * <p>Where the transport keeps the order, a gap is a loss at once. Where it may not, as UDP,
 * packets behind a gap wait for what is missing:
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what waits</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>time</td><td>100 ms</td><td rowspan="3">what is missing is given up: it is lost</td></tr>
 * <tr><td>packets</td><td>{@value #MAX_PACKETS}</td></tr>
 * <tr><td>their bytes</td><td>{@value #MAX_BYTES}</td></tr>
 * <tr><td>a jump of the sequence numbers</td><td>{@value #MAX_DROPOUT} forwards, {@value
 *     #MAX_MISORDER} backwards</td><td rowspan="2">the source began anew, which over UDP a second
 *     packet must confirm; the first one is lost</td></tr>
 * <tr><td>sources (SSRC) at a time</td><td>1</td></tr>
 * </table>
 *
 * <p>It keeps what waits, each by a reference of its own that {@link #close} and every way out
 * gives back.
 */
final class ReorderBuffer implements AutoCloseable {
  static final int MAX_PACKETS = 128;
  static final int MAX_BYTES = 512 * 1024;
  static final long MAX_WAIT = 100_000_000L;
  static final int MAX_DROPOUT = 3000;
  static final int MAX_MISORDER = 100;

  private static final int REMEMBERED = 256;

  /** Where packets go in their order. */
  interface Sink {
    /** Packets of this many are missing, or the source began anew, before the next one. */
    void onMissing(long packets);

    /** The next packet, borrowed. */
    void onPacket(RtpPacket packet) throws MediaException;
  }

  private record Waiting(RtpPacket packet, ByteBuf owner, long since) {}

  private final PacketCounter meter;
  private final Sink sink;
  private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
  private final long[] delivered = new long[REMEMBERED];
  private boolean mayReorder;
  private int bytes;

  private boolean started;
  private int ssrc;
  private long next;
  private long highest;

  /** What a packet must be to confirm that the source began anew. */
  private boolean doubted;

  private int doubtedSsrc;
  private int doubtedNext;

  ReorderBuffer(PacketCounter meter, Sink sink) {
    this.meter = meter;
    this.sink = sink;
  }

  /** From now on, packets may come in another order than they were sent in. */
  void expectReordering() {
    mayReorder = true;
  }

  /**
   * Takes a packet.
   *
   * @param owner what its payload is a view into; borrowed
   * @param now in nanoseconds
   */
  void offer(RtpPacket packet, ByteBuf owner, long now) throws MediaException {
    if (!started) {
      begin(packet);
    }
    long sequence = highest + (short) (packet.sequence() - highest);
    if (packet.ssrc() != ssrc
        || sequence - highest > MAX_DROPOUT
        || sequence - next < -MAX_MISORDER) {
      offerOther(packet, owner, now);
      return;
    }
    doubted = false;
    if (sequence < next) {
      repeated(sequence);
    } else if (sequence == next) {
      if (sequence < highest) {
        meter.reordered();
      }
      highest = Math.max(highest, sequence);
      deliver(sequence, packet);
      deliverWaiting();
    } else if (mayReorder) {
      keep(sequence, packet, owner, now);
    } else {
      missing(sequence);
      highest = sequence;
      deliver(sequence, packet);
    }
    expire(now);
  }

  private void begin(RtpPacket packet) {
    started = true;
    doubted = false;
    ssrc = packet.ssrc();
    // Far enough from 0 that what came before has a number too.
    next = 0x10000L + packet.sequence();
    highest = next;
    Arrays.fill(delivered, -1);
  }

  private void offerOther(RtpPacket packet, ByteBuf owner, long now) throws MediaException {
    boolean confirmed = doubted && packet.ssrc() == doubtedSsrc && packet.sequence() == doubtedNext;
    if (mayReorder && !confirmed) {
      doubted = true;
      doubtedSsrc = packet.ssrc();
      doubtedNext = packet.sequence() + 1 & 0xffff;
      return;
    }
    flush();
    meter.lost(1);
    sink.onMissing(1);
    started = false;
    offer(packet, owner, now);
  }

  private void repeated(long sequence) {
    int slot = slot(sequence);
    if (delivered[slot] == sequence) {
      meter.duplicate();
    } else {
      delivered[slot] = sequence;
      meter.late();
    }
  }

  private void keep(long sequence, RtpPacket packet, ByteBuf owner, long now)
      throws MediaException {
    if (waiting.containsKey(sequence)) {
      meter.duplicate();
      return;
    }
    if (sequence < highest) {
      meter.reordered();
    }
    highest = Math.max(highest, sequence);
    waiting.put(sequence, new Waiting(packet, owner.retain(), now));
    bytes += owner.readableBytes();
    while (waiting.size() > MAX_PACKETS || bytes > MAX_BYTES) {
      giveUp();
    }
  }

  /** Gives up what was waited for too long. */
  void expire(long now) throws MediaException {
    while (!waiting.isEmpty() && now - oldest() >= MAX_WAIT) {
      giveUp();
    }
  }

  /** Since when the first packet behind the gap waits; only while some {@link #waits}. */
  long oldest() {
    return waiting.firstEntry().getValue().since;
  }

  boolean waits() {
    return !waiting.isEmpty();
  }

  private void flush() throws MediaException {
    while (!waiting.isEmpty()) {
      giveUp();
    }
  }

  private void giveUp() throws MediaException {
    missing(waiting.firstKey());
    deliverWaiting();
  }

  private void missing(long upTo) {
    meter.lost(upTo - next);
    sink.onMissing(upTo - next);
    next = upTo;
  }

  private void deliverWaiting() throws MediaException {
    while (!waiting.isEmpty() && waiting.firstKey() == next) {
      Map.Entry<Long, Waiting> first = waiting.pollFirstEntry();
      ByteBuf owner = first.getValue().owner;
      bytes -= owner.readableBytes();
      try {
        deliver(first.getKey(), first.getValue().packet);
      } finally {
        owner.release();
      }
    }
  }

  private void deliver(long sequence, RtpPacket packet) throws MediaException {
    delivered[slot(sequence)] = sequence;
    next = sequence + 1;
    sink.onPacket(packet);
  }

  private static int slot(long sequence) {
    return (int) (sequence % REMEMBERED);
  }

  /** Of the source that is heard now. */
  int ssrc() {
    return ssrc;
  }

  /** Whether a packet came yet. */
  boolean started() {
    return started;
  }

  @Override
  public void close() {
    waiting.values().forEach(one -> one.owner.release());
    waiting.clear();
    bytes = 0;
  }
}
