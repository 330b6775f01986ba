package io.kydai.ingest.simulator;

import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.fault.PacketFaults;
import io.kydai.ingest.simulator.media.MediaUnit;
import io.kydai.ingest.simulator.media.Packet;
import io.kydai.ingest.simulator.media.SimulatedTrack;
import io.kydai.ingest.simulator.transport.MediaFaults;
import io.kydai.ingest.simulator.transport.MediaSink;
import io.kydai.ingest.simulator.transport.RtpSender;
import io.netty.channel.Channel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Plays one track to one session, on the event loop of its channel. It begins at the camera's next
 * key picture, because decoding can only begin there. For a client that does not read, pictures up
 * to a key picture are dropped, so that the channel's high-water mark and one picture limit the
 * waiting bytes.
 */
final class Player {
  private static final long REPORT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** The seconds from the epoch of NTP, 1900, to that of Java (RFC 5905, section 6). */
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

  /** Returns the track's part of the {@code RTP-Info} header field (RFC 2326, section 12.33). */
  String rtpInfo(String url) {
    long first = timestamp(next, track.unit(next)) & 0xffffffffL;
    return "url=" + url + ";seq=" + sender.nextSequence() + ";rtptime=" + first;
  }

  /** Returns the time at which the next unit is due, as {@link System#nanoTime} counts. */
  long due() {
    return camera.nanos(next, track.rate());
  }

  /** Sends the units that are due; returns whether there will be more. */
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
    if (!playback.sends(this, track, now)) {
      awaitingKey = true;
      return;
    }
    FaultsInForce current = faults();
    MediaFaults media = current.media();
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
      current.packets().pass(sender.packet(payload, timestamp, marker));
    }
    camera.counts().sent();
  }

  /** Returns the current fault with its state since it was set. */
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

  /** The current fault with its state since it was set. */
  private record FaultsInForce(Fault fault, PacketFaults packets, MediaFaults media) {}

  private final class ToSink implements PacketFaults.Output {
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

  /** Continues at the clip's next key picture, without a gap in sequence numbers and timestamps. */
  void jumpToKey() {
    long jump = 0;
    while (!playback.unit(track, next + shift + jump).key()) {
      jump++;
    }
    shift += jump;
  }

  /**
   * Continues at the clip's next key picture, with another source (SSRC), and with other sequence
   * numbers and timestamps.
   */
  void restart() {
    sender = newSender();
    firstTicks = random.nextInt() & 0xffffffffL;
    jumpToKey();
  }

  /** Returns the index of the next unit in the clip. */
  long place() {
    return next + shift;
  }

  /** Drops units up to the next key picture. */
  void awaitKey() {
    awaitingKey = true;
  }

  /** Stops playing and closes the sink. */
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
