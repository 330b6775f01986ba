package io.kydai.ingest.rtp;

import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Delivers packets in the order of their sequence numbers, each once, and reports missing ones
 * (after RFC 3550, appendix A.1).
 *
 * <p>When the transport keeps the order, a gap is reported as a loss at once. When it may not, as
 * with UDP, packets after a gap wait for the missing ones:
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>time that a packet waits</td><td>100 ms</td>
 *     <td rowspan="3">the missing packets count as lost</td></tr>
 * <tr><td>waiting packets</td><td>{@value #MAX_PACKETS}</td></tr>
 * <tr><td>bytes of waiting packets</td><td>{@value #MAX_BYTES}</td></tr>
 * <tr><td>a jump of the sequence numbers</td><td>{@value #MAX_DROPOUT} forwards, {@value
 *     #MAX_MISORDER} backwards</td><td rowspan="2">the source counts as restarted;
 *     over UDP a second packet must confirm the restart, and the first one is lost</td></tr>
 * <tr><td>sources (SSRC) at a time</td><td>1</td></tr>
 * </table>
 *
 * <p>The buffer holds one reference to each waiting packet. It releases the reference when the
 * packet is delivered, and in {@link #close}.
 */
final class ReorderBuffer implements AutoCloseable {
  static final int MAX_PACKETS = 128;
  static final int MAX_BYTES = 512 * 1024;
  static final long MAX_WAIT = 100_000_000L;
  static final int MAX_DROPOUT = 3000;
  static final int MAX_MISORDER = 100;

  private static final int DELIVERED_HISTORY = 256;

  /** Receives the packets in their order. */
  interface Sink {
    /**
     * Called when packets are missing before the next one, or the source restarted.
     *
     * @param packets how many are missing; 1 for a restart
     */
    void onMissing(long packets);

    /** Called for the next packet, which is borrowed until the call returns. */
    void onPacket(RtpPacket packet) throws MediaException;
  }

  /**
   * A packet that waits for missing ones.
   *
   * @param since the arrival time in nanoseconds
   */
  private record Waiting(RtpPacket packet, ByteBuf owner, long since) {}

  private final PacketCounter counter;
  private final Sink sink;
  private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
  private final long[] delivered = new long[DELIVERED_HISTORY];
  private boolean mayReorder;
  private int bytes;

  private boolean started;
  private int ssrc;
  private long next;
  private long highest;

  /** Whether the source may have restarted, which a packet with the next two values confirms. */
  private boolean restartSuspected;

  private int suspectedSsrc;
  private int suspectedNext;

  /** Creates an empty buffer for a transport that keeps the order of packets. */
  ReorderBuffer(PacketCounter counter, Sink sink) {
    this.counter = counter;
    this.sink = sink;
  }

  /** From now on, packets may arrive in another order than they were sent in. */
  void expectReordering() {
    mayReorder = true;
  }

  /**
   * Processes a packet as it arrives.
   *
   * @param owner the buffer that the packet's payload is a slice of; borrowed
   * @param now the arrival time in nanoseconds
   */
  void offer(RtpPacket packet, ByteBuf owner, long now) throws MediaException {
    if (!started) {
      begin(packet);
    }
    long sequence = highest + (short) (packet.sequence() - highest);
    if (packet.ssrc() != ssrc
        || sequence - highest > MAX_DROPOUT
        || sequence - next < -MAX_MISORDER) {
      offerFromOtherSource(packet, owner, now);
      return;
    }
    restartSuspected = false;
    if (sequence < next) {
      lateOrDuplicate(sequence);
    } else if (sequence == next) {
      if (sequence < highest) {
        counter.reordered();
      }
      highest = Math.max(highest, sequence);
      deliver(sequence, packet);
      deliverWaiting();
    } else if (mayReorder) {
      store(sequence, packet, owner, now);
    } else {
      reportMissing(sequence);
      highest = sequence;
      deliver(sequence, packet);
    }
    expire(now);
  }

  private void begin(RtpPacket packet) {
    started = true;
    restartSuspected = false;
    ssrc = packet.ssrc();
    // The first number is far enough above 0 that earlier packets have numbers above 0 too.
    next = 0x10000L + packet.sequence();
    highest = next;
    Arrays.fill(delivered, -1);
  }

  private void offerFromOtherSource(RtpPacket packet, ByteBuf owner, long now)
      throws MediaException {
    boolean confirmed =
        restartSuspected && packet.ssrc() == suspectedSsrc && packet.sequence() == suspectedNext;
    if (mayReorder && !confirmed) {
      restartSuspected = true;
      suspectedSsrc = packet.ssrc();
      suspectedNext = packet.sequence() + 1 & 0xffff;
      return;
    }
    restart();
    offer(packet, owner, now);
  }

  /**
   * Reports a loss, and starts again with the next packet, whatever its source and sequence number.
   */
  void restart() throws MediaException {
    flush();
    counter.lost(1);
    sink.onMissing(1);
    started = false;
  }

  private void lateOrDuplicate(long sequence) {
    int slot = slot(sequence);
    if (delivered[slot] == sequence) {
      counter.duplicate();
    } else {
      delivered[slot] = sequence;
      counter.late();
    }
  }

  private void store(long sequence, RtpPacket packet, ByteBuf owner, long now)
      throws MediaException {
    if (waiting.containsKey(sequence)) {
      counter.duplicate();
      return;
    }
    if (sequence < highest) {
      counter.reordered();
    }
    highest = Math.max(highest, sequence);
    waiting.put(sequence, new Waiting(packet, owner.retain(), now));
    bytes += owner.readableBytes();
    while (waiting.size() > MAX_PACKETS || bytes > MAX_BYTES) {
      skipGap();
    }
  }

  /**
   * Counts missing packets as lost that were waited for too long.
   *
   * @param now the current time in nanoseconds
   */
  void expire(long now) throws MediaException {
    while (!waiting.isEmpty() && now - oldest() >= MAX_WAIT) {
      skipGap();
    }
  }

  /**
   * Returns the arrival time in nanoseconds of the first packet after the gap. To be called only
   * while {@link #waits} returns true.
   */
  long oldest() {
    return waiting.firstEntry().getValue().since;
  }

  /** Returns whether packets wait for missing ones. */
  boolean waits() {
    return !waiting.isEmpty();
  }

  private void flush() throws MediaException {
    while (!waiting.isEmpty()) {
      skipGap();
    }
  }

  private void skipGap() throws MediaException {
    reportMissing(waiting.firstKey());
    deliverWaiting();
  }

  private void reportMissing(long upTo) {
    counter.lost(upTo - next);
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
    return (int) (sequence % DELIVERED_HISTORY);
  }

  /** Returns the SSRC of the current source. */
  int ssrc() {
    return ssrc;
  }

  /** Returns whether a packet has arrived. */
  boolean started() {
    return started;
  }

  @Override
  public void close() {
    waiting.values().forEach(packet -> packet.owner.release());
    waiting.clear();
    bytes = 0;
  }
}
