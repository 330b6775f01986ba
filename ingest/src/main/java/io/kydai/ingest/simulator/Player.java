package io.kydai.ingest.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Plays a camera to one session, on its channel's event loop. It begins at the camera's next key
 * picture, as a real camera's stream can only be decoded from there. A client that does not read is
 * not waited for: pictures are left out up to a key picture, and nothing piles up beyond the
 * channel's high-water mark and one picture.
 */
final class Player {
  private static final long REPORT_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** NTP counts from 1900 (RFC 5905, section 6). */
  private static final long NTP_OFFSET_SECONDS = 2_208_988_800L;

  private final PlayedCamera camera;
  private final Channel channel;
  private final MediaSink sink;
  private final Packetizer packetizer;
  private final long firstTicks;
  private long next;
  private boolean awaitingKey = true;
  private long lastReport = Long.MIN_VALUE;
  private Future<?> timer;

  Player(PlayedCamera camera, Channel channel, MediaSink sink, Random random) {
    this.camera = camera;
    this.channel = channel;
    this.sink = sink;
    this.packetizer = new Packetizer(random.nextInt(), random.nextInt() & 0xffff);
    this.firstTicks = random.nextInt() & 0xffffffffL;
    this.next = camera.due(System.nanoTime()) + 1;
    while (!camera.clip().picture(next).key()) {
      next++;
    }
  }

  /** The header {@code RTP-Info} for this player (RFC 2326, section 12.33). */
  String rtpInfo(String url) {
    return "url="
        + url
        + ";seq="
        + packetizer.nextSequence()
        + ";rtptime="
        + (timestamp(next) & 0xffffffffL);
  }

  void start() {
    schedule();
  }

  void stop() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
    sink.close();
  }

  private void schedule() {
    long delay = Math.max(0, camera.nanos(next) - System.nanoTime());
    timer = channel.eventLoop().schedule(this::play, delay, TimeUnit.NANOSECONDS);
  }

  private void play() {
    long due = camera.due(System.nanoTime());
    while (next <= due && channel.isActive()) {
      Clip.Picture picture = camera.clip().picture(next);
      Optional<Fault> fault = camera.fault().filter(one -> one != Fault.WRONG_PASSWORD);
      if (fault.isPresent()) {
        misbehave(fault.get(), picture);
      } else if (!sink.writable() || (awaitingKey && !picture.key())) {
        awaitingKey = true;
      } else {
        awaitingKey = false;
        report();
        packetizer.packetize(picture.nals(), timestamp(next), channel.alloc(), sink::rtp);
      }
      next++;
    }
    sink.flush();
    if (channel.isActive()) {
      schedule();
    }
  }

  private void misbehave(Fault fault, Clip.Picture picture) {
    awaitingKey = true;
    switch (fault) {
      case SILENT, WRONG_PASSWORD -> {}
      case GARBAGE -> channel.write(garbage());
      case CLOSE_IN_FRAME -> {
        ByteBuf frame = channel.alloc().buffer(64);
        frame.writeByte('$').writeByte(0).writeShort(1000).writeBytes(picture.nals().get(0), 0, 8);
        channel.writeAndFlush(frame).addListener(written -> channel.close());
      }
      case REBOOTING -> channel.close();
    }
  }

  private ByteBuf garbage() {
    byte[] bytes = new byte[256];
    new Random(next).nextBytes(bytes);
    bytes[0] = 0;
    return channel.alloc().buffer(bytes.length).writeBytes(bytes);
  }

  private void report() {
    long now = System.nanoTime();
    if (lastReport != Long.MIN_VALUE && now - lastReport < REPORT_EVERY_NANOS) {
      return;
    }
    lastReport = now;
    Instant taken = Instant.now().minusNanos(now - camera.nanos(next));
    long seconds = taken.getEpochSecond() + NTP_OFFSET_SECONDS;
    long ntp = seconds << 32 | ((long) taken.getNano() << 32) / 1_000_000_000L;
    sink.rtcp(packetizer.senderReport(channel.alloc(), ntp, timestamp(next)));
  }

  private long timestamp(long picture) {
    return firstTicks + camera.ticks(picture);
  }
}
