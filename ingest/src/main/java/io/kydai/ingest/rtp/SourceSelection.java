package io.kydai.ingest.rtp;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows one source (SSRC; RFC 3550, section 8) of a track's packets, and drops packets of other
 * sources that come among them: some cameras send packets of earlier sessions on the connection of
 * a new one. A camera may also change its source, as when its encoder restarts.
 *
 * <ul>
 *   <li>At first every packet's source is followed. One source stays when two of its packets came
 *       in order (appendix A.1), when its first packet does not end a picture, or when it is the
 *       one that the camera announced.
 *   <li>From then on, packets of another source are held. When the followed source goes on, those
 *       older than 100 ms are dropped. When it has been silent, while the other one was not, for
 *       twice as long as between its pictures, 200 ms at least and 4 s at most, the other source is
 *       followed from the first packet that is held.
 *   <li>A source among whose packets the followed one went on {@value #KNOWN_AFTER} times is known
 *       not to be the stream's: none of its packets are held, and it is followed after 2 s or more.
 *   <li>A source is followed at once when it carries on the numbers of the followed one, as of
 *       cameras that change it with each key frame; and, with its second packet in order, when it
 *       is the announced one. An announced source that never sends changes nothing, because cameras
 *       also announce sources that are not theirs.
 * </ul>
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>sources until one stays</td><td>{@value #MAX_LEARNT}</td><td>they are forgotten</td></tr>
 * <tr><td>sources beside the followed one</td><td>1 known one, 1 whose packets are held</td>
 *     <td>a third one's packets are dropped while the second one goes on</td></tr>
 * <tr><td>packets held</td><td>{@value OtherSource#MAX_PACKETS}, {@value OtherSource#MAX_BYTES}
 *     bytes</td><td>all held ones are dropped</td></tr>
 * </table>
 */
final class SourceSelection {
  static final int MAX_LEARNT = 4;
  static final int KNOWN_AFTER = 8;

  private static final long SHORTEST_SILENCE = Duration.ofMillis(200).toNanos();
  private static final long LONGEST_SILENCE = Duration.ofSeconds(4).toNanos();
  private static final long SILENCE_FOR_KNOWN = Duration.ofSeconds(2).toNanos();

  /** The time between pictures until some came. */
  private static final long FIRST_INTERVAL = Duration.ofSeconds(1).toNanos();

  /** How long a packet of the source before may be under way when the new one's first comes. */
  private static final long STRAGGLES = ReorderBuffer.MAX_WAIT;

  private final ReorderBuffer order;
  private final PacketCounter counter;
  private @Nullable Integer announced;

  /** The number after that of the newest packet of each source, until one stays. */
  private final Map<Integer, Integer> learnt = new HashMap<>();

  private boolean stays;
  private int ssrc;
  private int next;
  private long timestamp;
  private long pictureAt;
  private long interval = FIRST_INTERVAL;

  /** Not the stream's. */
  private @Nullable OtherSource known;

  /** May take the followed one's place. */
  private @Nullable OtherSource candidate;

  SourceSelection(PacketCounter counter, ReorderBuffer order) {
    this.counter = counter;
    this.order = order;
  }

  /** Notes the source that the camera announced. */
  void announced(int source) {
    announced = source;
  }

  /**
   * Takes a packet of the track's payload type.
   *
   * @param owner what its payload is a view into; borrowed
   * @param now in nanoseconds
   */
  void offer(RtpPacket packet, ByteBuf owner, long now) throws MediaException {
    if (!stays) {
      learn(packet, owner, now);
    } else if (packet.ssrc() == ssrc) {
      goOn(packet, now);
      order.offer(packet, owner, now);
    } else if (!carriesOn(packet, owner, now)) {
      offerOther(packet, owner, now);
    }
  }

  private void learn(RtpPacket packet, ByteBuf owner, long now) throws MediaException {
    boolean isAnnounced = isAnnounced(packet.ssrc());
    if (isAnnounced && order.started() && order.ssrc() != packet.ssrc()) {
      order.restart();
    }
    Integer expected = learnt.put(packet.ssrc(), after(packet));
    order.offer(packet, owner, now);
    if (order.ssrc() == packet.ssrc()) {
      follow(packet, now);
      stays = isAnnounced || !packet.marker() || expected != null && expected == packet.sequence();
    }
    if (stays || learnt.size() > MAX_LEARNT) {
      learnt.clear();
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

  private void goOn(RtpPacket packet, long now) {
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
      drop(other.interrupt(now - STRAGGLES));
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

  /** Follows another source at once when it carries on the numbers; returns whether it does. */
  private boolean carriesOn(RtpPacket packet, ByteBuf owner, long now) throws MediaException {
    if (packet.sequence() != next || is(known, packet) || is(candidate, packet)) {
      return false;
    }
    dropCandidate();
    order.restart();
    follow(packet, now);
    order.offer(packet, owner, now);
    return true;
  }

  private static boolean is(@Nullable OtherSource source, RtpPacket packet) {
    return source != null && source.ssrc() == packet.ssrc();
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
    other.hear(packet, now);
    long silence = isKnown ? Math.max(silence(), SILENCE_FOR_KNOWN) : silence();
    boolean takesOver =
        other.isInOrder() && (isAnnounced(other.ssrc()) || other.aloneFor(now) >= silence);
    if (isKnown && !takesOver) {
      drop(1);
      return;
    }
    drop(other.hold(owner, now));
    if (takesOver) {
      changeTo(other, now);
    }
  }

  /** Returns null where another candidate goes on. */
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
    order.restart();
    for (OtherSource.Held one : source.held()) {
      follow(one.packet(), now);
      order.offer(one.packet(), one.owner(), now);
    }
  }
}
