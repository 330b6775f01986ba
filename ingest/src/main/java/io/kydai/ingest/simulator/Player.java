package io.kydai.ingest.simulator;

import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.fault.PacketFaults;
import io.kydai.ingest.simulator.media.MediaUnit;
import io.kydai.ingest.simulator.media.Packet;
import io.kydai.ingest.simulator.media.SimulatedTrack;
import io.netty.channel.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Plays one track to one session, on its channel's event loop. It begins at the camera's next key
 * picture, as a real camera's stream can only be decoded from there. A client that does not read is
 * not waited for: pictures are left out up to a key picture, and nothing piles up beyond the
 * channel's high-water mark and one picture.
 */
final class Player {
  private static final long REPORT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** NTP counts from 1900 (RFC 5905, section 6). */
  private static final long NTP_OFFSET_SECONDS = 2_208_988_800L;

  private final PlayedCamera camera;
  private final SimulatedTrack track;
  private final Playback playback;
  private final Channel channel;
  private final MediaSink sink;
  private final Random random;
  private RtpSender sender;
  private long firstTicks;
  private FaultsInForce faults;
  private long next;
  private long shift;
  private boolean awaitingKey = true;
  private boolean stopped;
  private long lastReport = Long.MIN_VALUE;

  Player(Playback playback, SimulatedTrack track, MediaSink sink, Random random) {
    this.playback = playback;
    this.camera = playback.camera();
    this.channel = playback.channel();
    this.track = track;
    this.sink = sink;
    this.random = random;
    this.sender = newSender();
    this.firstTicks = random.nextInt() & 0xffffffffL;
    this.faults = inForce(playback.fault());
    this.next = camera.due(System.nanoTime(), track.rate()) + 1;
    boolean anywhere = track == camera.video() && faults.media().beginsAnywhere();
    while (!anywhere && !track.unit(next).key()) {
      next++;
    }
  }

  private RtpSender newSender() {
    return new RtpSender(track.payloadType(), random.nextInt(), random.nextInt() & 0xffff);
  }

  MediaSink sink() {
    return sink;
  }

  /** A track's part of the header {@code RTP-Info} (RFC 2326, section 12.33). */
  String rtpInfo(String url) {
    long first = timestamp(next, track.unit(next)) & 0xffffffffL;
    return "url=" + url + ";seq=" + sender.nextSequence() + ";rtptime=" + first;
  }

  /** When it has to play next, as {@link System#nanoTime} counts. */
  long due() {
    return camera.nanos(next, track.rate());
  }

  /** Plays what is due; says whether there will be more. */
  boolean play(long now) {
    long due = camera.due(now, track.rate());
    while (next <= due && !stopped && channel.isActive()) {
      playNext(now);
      next++;
    }
    if (channel.isActive()) {
      sink.flush();
    }
    return !stopped && channel.isActive();
  }

  private void playNext(long now) {
    if (!playback.lets(this, track, now)) {
      awaitingKey = true;
      return;
    }
    FaultsInForce way = faults();
    MediaFaults media = way.media();
    MediaUnit shown = playback.unit(track, next + shift);
    if (track == camera.video() && media.leavesOut(shown)) {
      return;
    }
    boolean begins = shown.key() || track == camera.video() && media.beginsAnywhere();
    if (!sink.writable() || awaitingKey && !begins) {
      awaitingKey = true;
      return;
    }
    awaitingKey = false;
    long timestamp = timestamp(next, shown);
    report(now, timestamp, next + shown.reorder());
    boolean video = track == camera.video();
    List<byte[]> payloads = video ? media.payloads(shown.payloads()) : shown.payloads();
    int last = payloads.size() - 1;
    for (int i = 0; i <= last; i++) {
      byte[] payload = payloads.get(i);
      boolean marker = video ? media.marks(payload, i == last) : track.marks() && i == last;
      way.packets().pass(sender.packet(payload, timestamp, marker));
    }
    camera.counts().sent();
  }

  /** Returns the fault that is in force now, with its state since it came into force. */
  private FaultsInForce faults() {
    if (faults.fault() != playback.fault()) {
      faults = inForce(playback.fault());
    }
    return faults;
  }

  private FaultsInForce inForce(Fault fault) {
    return new FaultsInForce(
        fault,
        new PacketFaults(fault.packets(), new ToSink()),
        new MediaFaults(fault.media(), camera.camera().clip().format()));
  }

  private record FaultsInForce(Fault fault, PacketFaults packets, MediaFaults media) {}

  private final class ToSink implements PacketFaults.Way {
    @Override
    public void send(Packet packet) {
      sink.rtp(packet);
    }

    @Override
    public void junk(byte[] bytes) {
      sink.junk(bytes);
    }

    @Override
    public void sendLater(Packet packet, Duration by) {
      channel
          .eventLoop()
          .schedule(
              () -> {
                if (!stopped && channel.isActive() && sink.writable()) {
                  sink.rtp(packet);
                  sink.flush();
                }
              },
              by.toNanos(),
              TimeUnit.NANOSECONDS);
    }
  }

  /** Goes on at the clip's next key picture, with no gap in numbers and times. */
  void jumpToKey() {
    long jump = 0;
    while (!playback.unit(track, next + shift + jump).key()) {
      jump++;
    }
    shift += jump;
  }

  /** Goes on at the clip's next key picture with another source (SSRC), numbers and times. */
  void restart() {
    sender = newSender();
    firstTicks = random.nextInt() & 0xffffffffL;
    jumpToKey();
  }

  /** The place that is played next. */
  long place() {
    return next + shift;
  }

  void awaitKey() {
    awaitingKey = true;
  }

  void stop() {
    stopped = true;
    sink.close();
  }

  private void report(long now, long timestamp, long place) {
    if (lastReport != Long.MIN_VALUE && now - lastReport < REPORT_EVERY_NANOS) {
      return;
    }
    lastReport = now;
    Instant taken = camera.taken(place, track.rate()).plus(playback.clockJump());
    long seconds = taken.getEpochSecond() + NTP_OFFSET_SECONDS;
    long ntp = seconds << 32 | ((long) taken.getNano() << 32) / 1_000_000_000L;
    sink.rtcp(sender.senderReport(ntp, timestamp));
  }

  private long timestamp(long place, MediaUnit unit) {
    double seconds =
        (place + unit.reorder()) / track.rate() + playback.timestampJump().toNanos() / 1e9;
    return firstTicks + Math.round(seconds * track.clockRate());
  }
}
