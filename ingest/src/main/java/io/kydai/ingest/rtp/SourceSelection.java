package io.kydai.ingest.rtp;

import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows one source (SSRC; RFC 3550, section 8) of a track's packets, and drops packets of other
 * sources between them, because some cameras send packets of earlier sessions on the connection of
 * a new one. A camera may also change its source, for example when its encoder restarts.
 *
 * <ul>
 *   <li>At first the source of every packet is followed. A source is selected when two of its
 *       packets arrived in order (RFC 3550, appendix A.1), when its first packet does not end a
 *       picture, or when it is the one that the camera announced.
 *   <li>From then on, packets of another source are held. When the followed source continues, held
 *       packets older than 100 ms are dropped. When only the other source has sent packets for
 *       twice the followed source's interval between pictures, limited to 200 ms to 4 s, the other
 *       source is followed from its first held packet.
 *   <li>A source after whose packets the followed one continued {@value #KNOWN_AFTER} times is
 *       known not to be the stream's: its packets are not held, and it is followed only after a
 *       silence of at least 2 s.
 *   <li>A source is followed at once when it continues the sequence numbers of the followed one,
 *       because some cameras change the source with each key frame. The announced source is
 *       followed with its second packet in order. An announced source that never sends has no
 *       effect, because cameras also announce wrong ones.
 * </ul>
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>sources until one is selected</td><td>{@value #MAX_UNSELECTED}</td>
 *     <td>they are forgotten</td></tr>
 * <tr><td>sources besides the followed one</td><td>1 known one, 1 whose packets are held</td>
 *     <td>a third one's packets are dropped while the second one sends</td></tr>
 * <tr><td>held packets</td><td>{@value OtherSource#MAX_PACKETS}, {@value OtherSource#MAX_BYTES}
 *     bytes</td><td>all held ones are dropped</td></tr>
 * </table>
 */
final class SourceSelection {
  static final int MAX_UNSELECTED = 4;
  static final int KNOWN_AFTER = 8;

  private static final long SHORTEST_SILENCE = Duration.ofMillis(200).toNanos();
  private static final long LONGEST_SILENCE = Duration.ofSeconds(4).toNanos();
  private static final long SILENCE_FOR_KNOWN = Duration.ofSeconds(2).toNanos();

  /** The assumed interval between pictures in nanoseconds, until pictures have arrived. */
  private static final long FIRST_INTERVAL = Duration.ofSeconds(1).toNanos();

  /**
   * How long packets of the previous source may still arrive after the first one of the new source,
   * in nanoseconds.
   */
  private static final long LATE_PACKET_TIME = ReorderBuffer.MAX_WAIT;

  private final ReorderBuffer reorderBuffer;
  private final PacketCounter counter;
  private @Nullable Integer announced;

  /** The sequence number that is expected next from each source, until one is selected. */
  private final Map<Integer, Integer> expectedNext = new HashMap<>();

  private boolean selected;
  private int ssrc;

  /** Whether a second packet of the followed source arrived. */
  private boolean confirmed;

  private int next;
  private long timestamp;
  private long pictureAt;
  private long interval = FIRST_INTERVAL;

  /** The source that is known not to be the stream's; null when there is none. */
  private @Nullable OtherSource known;

  /** The source that may replace the followed one; null when there is none. */
  private @Nullable OtherSource candidate;

  SourceSelection(PacketCounter counter, ReorderBuffer reorderBuffer) {
    this.counter = counter;
    this.reorderBuffer = reorderBuffer;
  }

  /** Sets the source that the camera announced. */
  void announced(int source) {
    announced = source;
  }

  /**
   * Processes a packet of the track's payload type.
   *
   * @param owner the buffer that the packet's payload is a slice of; borrowed
   * @param now the arrival time in nanoseconds
   */
  void offer(RtpPacket packet, ByteBuf owner, long now) throws MediaException {
    if (!selected) {
      select(packet, owner, now);
    } else if (packet.ssrc() == ssrc) {
      followed(packet, now);
      reorderBuffer.offer(packet, owner, now);
    } else if (!continuesNumbers(packet, owner, now)) {
      offerOther(packet, owner, now);
    }
  }

  private void select(RtpPacket packet, ByteBuf owner, long now) throws MediaException {
    boolean isAnnounced = isAnnounced(packet.ssrc());
    if (isAnnounced && reorderBuffer.started() && reorderBuffer.ssrc() != packet.ssrc()) {
      reorderBuffer.restart();
    }
    Integer expected = expectedNext.put(packet.ssrc(), after(packet));
    reorderBuffer.offer(packet, owner, now);
    if (reorderBuffer.ssrc() == packet.ssrc()) {
      follow(packet, now);
      confirmed = expected != null && expected == packet.sequence();
      selected = isAnnounced || !packet.marker() || confirmed;
    }
    if (selected || expectedNext.size() > MAX_UNSELECTED) {
      expectedNext.clear();
    }
  }

  private boolean isAnnounced(int source) {
    return announced != null && announced == source;
  }

  private static int after(RtpPacket packet) {
    return packet.sequence() + 1 & 0xffff;
  }

  private void follow(RtpPacket packet, long now) {
    ssrc = packet.ssrc();
    next = after(packet);
    timestamp = packet.timestamp();
    pictureAt = now;
  }

  private void followed(RtpPacket packet, long now) {
    confirmed = true;
    int step = (short) (packet.sequence() - next);
    if (step >= 0 || step < -ReorderBuffer.MAX_MISORDER) {
      next = after(packet);
    }
    if (packet.timestamp() != timestamp) {
      timestamp = packet.timestamp();
      interval = Math.min(LONGEST_SILENCE, Math.max(now - pictureAt, interval - interval / 8));
      pictureAt = now;
    }
    if (known != null) {
      known.interrupt(now);
    }
    OtherSource other = candidate;
    if (other != null) {
      drop(other.interrupt(now - LATE_PACKET_TIME));
      if (other.interruptions() >= KNOWN_AFTER) {
        drop(other.drop());
        known = other;
        candidate = null;
      }
    }
  }

  private void drop(int packets) {
    if (packets > 0) {
      counter.foreign(packets);
    }
  }

  /**
   * Follows another source at once when it continues the sequence numbers; returns whether it does.
   */
  private boolean continuesNumbers(RtpPacket packet, ByteBuf owner, long now)
      throws MediaException {
    if (packet.sequence() != next || is(known, packet) || is(candidate, packet)) {
      return false;
    }
    dropCandidate();
    reorderBuffer.restart();
    follow(packet, now);
    reorderBuffer.offer(packet, owner, now);
    return true;
  }

  /** Returns whether a source is one that sends beside the followed one. */
  boolean isOther(int source) {
    return is(known, source) || is(candidate, source);
  }

  private static boolean is(@Nullable OtherSource source, RtpPacket packet) {
    return is(source, packet.ssrc());
  }

  private static boolean is(@Nullable OtherSource source, int ssrc) {
    return source != null && source.ssrc() == ssrc;
  }

  private void dropCandidate() {
    if (candidate != null) {
      drop(candidate.drop());
      candidate = null;
    }
  }

  private void offerOther(RtpPacket packet, ByteBuf owner, long now) throws MediaException {
    boolean isKnown = is(known, packet);
    OtherSource other = isKnown ? known : candidateFor(packet, now);
    if (other == null) {
      drop(1);
      return;
    }
    long silence = isKnown ? Math.max(silence(), SILENCE_FOR_KNOWN) : silence();
    other.received(packet, now, isKnown ? silence / 2 : Long.MAX_VALUE);
    // One packet of the followed source is no stream: it was left over from an earlier one.
    boolean isOnlyStream = !confirmed && !isKnown && other.isFull(owner);
    boolean takesOver =
        other.isInOrder()
            && (isAnnounced(other.ssrc()) || isOnlyStream || other.aloneFor() >= silence);
    if (isKnown && !takesOver) {
      drop(1);
      return;
    }
    if (takesOver && other.isFull(owner)) {
      changeTo(other, now);
      offer(packet, owner, now);
      return;
    }
    drop(other.hold(owner, now));
    if (takesOver) {
      changeTo(other, now);
    }
  }

  /** Returns the candidate for a packet's source; null while another candidate sends. */
  private @Nullable OtherSource candidateFor(RtpPacket packet, long now) {
    OtherSource before = candidate;
    if (before != null && before.ssrc() == packet.ssrc()) {
      return before;
    }
    if (before != null
        && before.isInOrder()
        && before.quietFor(now) < silence()
        && !isAnnounced(packet.ssrc())) {
      return null;
    }
    dropCandidate();
    OtherSource other = new OtherSource(packet.ssrc());
    candidate = other;
    return other;
  }

  private long silence() {
    return Math.max(SHORTEST_SILENCE, Math.min(LONGEST_SILENCE, 2 * interval));
  }

  private void changeTo(OtherSource source, long now) throws MediaException {
    if (source == known) {
      known = null;
    } else {
      candidate = null;
    }
    reorderBuffer.restart();
    for (OtherSource.Held one : source.held()) {
      follow(one.packet(), now);
      reorderBuffer.offer(one.packet(), one.owner(), now);
    }
  }
}
