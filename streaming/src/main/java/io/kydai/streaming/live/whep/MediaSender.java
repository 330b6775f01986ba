package io.kydai.streaming.live.whep;

import static java.util.Objects.requireNonNull;

import io.kydai.streaming.live.event.Fragment;
import io.kydai.streaming.live.whep.rate.WayEstimate;
import io.kydai.streaming.live.whep.rtcp.Feedback;
import io.kydai.streaming.live.whep.rtcp.SenderPackets;
import io.kydai.streaming.live.whep.rtcp.TransportFeedback;
import io.kydai.streaming.live.whep.rtp.H264Packetizer;
import io.kydai.streaming.live.whep.rtp.PacketHistory;
import io.kydai.streaming.live.whep.rtp.RtpStream;
import io.kydai.streaming.live.whep.rtp.RtpTimes;
import io.kydai.streaming.live.whep.rtp.SentPacket;
import io.kydai.streaming.live.whep.sdp.Answer.Sources;
import io.kydai.streaming.live.whep.sdp.Chosen;
import io.kydai.streaming.live.whep.srtp.MasterKeys;
import io.kydai.streaming.live.whep.srtp.SecureReceiver;
import io.kydai.streaming.live.whep.srtp.SecureSender;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends pictures as RTP, and again what the receiver has not got. One thread at a time.
 *
 * <p>What waits to be sent is bounded by {@link PictureFeed}, what may be sent again by {@link
 * PacketHistory}.
 */
final class MediaSender implements Feedback.Listener {
  /** Of an IP packet of 1,280 bytes, the least that IPv6 carries: without its own headers. */
  private static final int MOST_PACKET = 1_200;

  private static final int FIXED_HEADER = 12;
  private static final int SEQUENCE = 2;

  /** 90,000 ticks a second: nine of them take this long. */
  private static final long NANOS_OF_NINE_TICKS = 100_000;

  /** Hears of what the session does not decide. */
  interface Listener {
    /** The receiver waits for a key frame. */
    void onKeyFrameWanted();
  }

  /**
   * A payload that waits.
   *
   * @param feed is told when a picture's last payload has gone; null for the others
   * @param pictureBytes of that picture
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares payloads.
  private record Waiting(
      boolean marker,
      int timestamp,
      byte[] payload,
      @Nullable PictureFeed feed,
      int pictureBytes) {}

  private final Chosen chosen;
  private final Sources sources;
  private final SecureSender secure;
  private final SecureReceiver receiver;
  private final RtpStream media;
  private final RtpStream again;
  private final RtpTimes times;
  private final H264Packetizer packetizer;
  private final WayEstimate way = new WayEstimate();
  private final PacketHistory history = new PacketHistory();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Pacer pacer;
  private final Consumer<byte[]> out;
  private final LongSupplier nanos;
  private final WhepMetrics meters;
  private final Listener listener;

  /**
   * @param out sends a datagram
   */
  MediaSender(
      Chosen chosen,
      Sources sources,
      MasterKeys keys,
      Consumer<byte[]> out,
      LongSupplier nanos,
      SecureRandom random,
      WhepMetrics meters,
      Listener listener) {
    this.chosen = requireNonNull(chosen);
    this.sources = requireNonNull(sources);
    this.out = requireNonNull(out);
    this.nanos = requireNonNull(nanos);
    this.meters = requireNonNull(meters);
    this.listener = requireNonNull(listener);
    secure = new SecureSender(keys);
    receiver = new SecureReceiver(keys);
    media = stream(sources.media(), chosen.payloadType(), random);
    again = stream(sources.retransmission(), Math.max(0, chosen.retransmission()), random);
    times = new RtpTimes(random.nextInt());
    packetizer =
        new H264Packetizer(
            MOST_PACKET
                - FIXED_HEADER
                - chosen.extensions().size()
                - SEQUENCE
                - SecureSender.growth());
    pacer = new Pacer(nanos.getAsLong());
  }

  private RtpStream stream(int ssrc, int payloadType, SecureRandom random) {
    return new RtpStream(
        ssrc, payloadType, chosen.extensions(), secure, random.nextInt(Short.MAX_VALUE));
  }

  /** 1/90000 s on the clock that packets are sent by. */
  private static long ticks(long nanos) {
    return Math.floorDiv(nanos, NANOS_OF_NINE_TICKS) * 9
        + Math.floorMod(nanos, NANOS_OF_NINE_TICKS) * 9 / NANOS_OF_NINE_TICKS;
  }

  /** Takes the next picture. */
  void picture(PictureFeed feed, Fragment picture) {
    List<byte[]> payloads = packetizer.payloads(picture.unit());
    int timestamp = times.next(picture.mediaTime(), ticks(nanos.getAsLong()));
    for (Iterator<byte[]> rest = payloads.iterator(); rest.hasNext(); ) {
      byte[] payload = rest.next();
      boolean last = !rest.hasNext();
      waiting.add(
          new Waiting(last, timestamp, payload, last ? feed : null, last ? picture.size() : 0));
    }
    if (payloads.isEmpty()) {
      feed.sent(picture.size());
    }
  }

  /** What comes does not go on from what was before. */
  void breakOff() {
    times.breakOff();
  }

  /** Throws away what waits, because it comes again. */
  void clear() {
    waiting.forEach(MediaSender::done);
    waiting.clear();
  }

  private static void done(Waiting packet) {
    if (packet.feed() != null) {
      packet.feed().sent(packet.pictureBytes());
    }
  }

  /**
   * Sends what may be sent now.
   *
   * @return whether something waits on
   */
  boolean send() {
    long now = nanos.getAsLong();
    while (!waiting.isEmpty() && pacer.allows(now)) {
      Waiting next = waiting.remove();
      int sequence = media.nextSequence();
      int number = way.number(media.size(next.payload()), now);
      byte[] packet = media.packet(next.marker(), next.timestamp(), next.payload(), now, number);
      byte[] kept = chosen.hasRetransmission() ? next.payload() : packet;
      history.add(new SentPacket(sequence, next.marker(), next.timestamp(), kept));
      pacer.sent(packet.length);
      meters.sent(packet.length);
      out.accept(packet);
      done(next);
    }
    return !waiting.isEmpty();
  }

  /** Takes a datagram of SRTCP; one that is not authentic is dropped. */
  void onControl(byte[] datagram) {
    int size = receiver.rtcp(datagram);
    if (size < 0) {
      meters.dropped();
    } else {
      Feedback.read(datagram, size, this);
    }
  }

  @Override
  public void onLost(int ssrc, int sequence) {
    if (!pacer.allowsAgain(nanos.getAsLong())) {
      return; // It is asked for again.
    }
    SentPacket lost = ssrc == media.ssrc() ? history.take(sequence, nanos.getAsLong()) : null;
    if (lost == null) {
      return;
    }
    byte[] packet = chosen.hasRetransmission() ? retransmission(lost) : lost.bytes();
    pacer.sent(packet.length);
    meters.sentAgain(packet.length);
    out.accept(packet);
  }

  /** RFC 4588, section 4: the sequence number that it had stands before the payload. */
  private byte[] retransmission(SentPacket lost) {
    byte[] payload =
        ByteBuffer.allocate(SEQUENCE + lost.bytes().length)
            .putShort((short) lost.sequence())
            .put(lost.bytes())
            .array();
    long now = nanos.getAsLong();
    int number = way.number(again.size(payload), now);
    return again.packet(lost.marker(), lost.timestamp(), payload, now, number);
  }

  @Override
  public void onKeyFrameWanted() {
    meters.keyFrameWanted();
    listener.onKeyFrameWanted();
  }

  /** The receiver's own estimate, where it does not tell how packets arrive. */
  @Override
  public void onEstimate(long bitsPerSecond) {
    if (!chosen.isTransportWide()) {
      pacer.estimate(bitsPerSecond);
    }
  }

  @Override
  public void onArrivals(TransportFeedback feedback) {
    if (chosen.isTransportWide()) {
      way.heard(feedback, nanos.getAsLong());
      way.bitsPerSecond()
          .ifPresent(
              rate -> {
                pacer.estimate(rate);
                meters.estimated(rate);
              });
    }
  }

  @Override
  public void onReport(int ssrc, int fractionLost, long jitter) {
    if (ssrc == media.ssrc()) {
      meters.lost(fractionLost);
    }
  }

  /** Sends a sender report. */
  void report(Instant now) {
    int timestamp = times.at(ticks(nanos.getAsLong()));
    control(
        SenderPackets.report(
            media.ssrc(), now, timestamp, media.packets(), media.octets(), sources.name()));
  }

  /** Tells the receiver that nothing comes any more. */
  void goodbye() {
    control(SenderPackets.goodbye(media.ssrc()));
  }

  private void control(SenderPackets.Compound compound) {
    int size = secure.rtcp(compound.bytes(), compound.size());
    out.accept(Arrays.copyOf(compound.bytes(), size));
  }
}
