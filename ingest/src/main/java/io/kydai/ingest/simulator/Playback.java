package io.kydai.ingest.simulator;

import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.fault.StreamFault;
import io.kydai.ingest.simulator.media.MediaUnit;
import io.kydai.ingest.simulator.media.SimulatedTrack;
import io.kydai.ingest.simulator.transport.MediaSink;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The state that all tracks of a session share while they play: the progress of the camera's stream
 * faults in this session, counted in pictures.
 */
final class Playback {
  private final PlayedCamera camera;
  private final Channel channel;
  private final ClientRequests client;
  private final SplittableRandom random = new SplittableRandom(1);
  private final List<FaultProgress> progress = new ArrayList<>();
  private PlayedCamera.Misbehaviour misbehaviour;
  private long quietUntil;
  private long garbageUntil;
  private boolean other;
  private long otherFrom;
  private Duration timestampJump = Duration.ZERO;
  private Duration clockJump = Duration.ZERO;

  /** Sends requests of the camera to its client. */
  interface ClientRequests {
    /** Sends TEARDOWN and ends the session. */
    void teardown();

    /** Sends ANNOUNCE with the camera's description. */
    void announce();

    /** Sends REDIRECT to an address. */
    void redirect(String to);
  }

  /** A stream fault with its progress. */
  private static final class FaultProgress {
    private final StreamFault step;
    private int pictures;
    private boolean over;

    FaultProgress(StreamFault step) {
      this.step = step;
    }

    /** Counts a picture; returns whether the fault occurs now. */
    boolean occurs() {
      if (step.after() == 0) {
        boolean first = !over;
        over = true;
        return first;
      }
      boolean now = pictures == step.after();
      pictures = now ? 1 : pictures + 1;
      return now;
    }
  }

  Playback(PlayedCamera camera, Channel channel, ClientRequests client) {
    this.camera = camera;
    this.channel = channel;
    this.client = client;
    this.misbehaviour = camera.misbehaviour();
    begin(System.nanoTime());
  }

  PlayedCamera camera() {
    return camera;
  }

  Channel channel() {
    return channel;
  }

  Fault fault() {
    return misbehaviour.fault();
  }

  Duration timestampJump() {
    return timestampJump;
  }

  /** By how much the clock of this session's reports was set ahead by faults. */
  Duration clockJump() {
    return clockJump;
  }

  private void begin(long now) {
    progress.clear();
    misbehaviour.fault().streams().stream()
        .filter(step -> !step.isReboot() || step.after() > 0)
        .forEach(step -> progress.add(new FaultProgress(step)));
    quietUntil = now;
    garbageUntil = now;
    other = false;
  }

  /** Returns the unit that a track plays at an index. */
  MediaUnit unit(SimulatedTrack track, long place) {
    return other && track == camera.video()
        ? camera.otherClip().unit(place - otherFrom)
        : track.unit(place);
  }

  /**
   * Returns whether the next unit of a track is sent. Before a picture, the stream faults are
   * applied.
   */
  boolean sends(Player player, SimulatedTrack track, long now) {
    if (track == camera.video()) {
      if (misbehaviour != camera.misbehaviour()) {
        misbehaviour = camera.misbehaviour();
        if (other) {
          player.awaitKey();
        }
        begin(now);
      }
      if (isSending(now)) {
        applyFaults(player, now);
      }
      if (garbageUntil - now > 0) {
        player.sink().junk(garbage());
      }
    }
    return isSending(now);
  }

  private boolean isSending(long now) {
    return quietUntil - now <= 0 && garbageUntil - now <= 0 && channel.isActive();
  }

  private void applyFaults(Player player, long now) {
    for (FaultProgress one : progress) {
      if (one.occurs()) {
        apply(one.step, player, now);
      }
    }
  }

  private void apply(StreamFault step, Player player, long now) {
    switch (step.kind()) {
      case STALL -> quietUntil = end(step, now);
      case GARBAGE -> garbageUntil = end(step, now);
      case CLOSE -> closeAfterFlush(player);
      case CUT -> {
        if (player.sink() instanceof MediaSink.Interleaved) {
          player.sink().junk(ByteBuffer.allocate(12).put((byte) '$').put(2, (byte) 4).array());
        }
        closeAfterFlush(player);
      }
      case REBOOT, VANISH -> camera.reboot(step);
      case RTP_JUMP -> timestampJump = timestampJump.plus(step.time());
      case CLOCK_JUMP -> clockJump = clockJump.plus(step.time());
      case CHANGE -> {
        other = !other && camera.hasOtherClip();
        otherFrom = player.place();
        player.awaitKey();
      }
      case NEW_SOURCE -> player.restart();
      case TEARDOWN -> client.teardown();
      case ANNOUNCE -> client.announce();
      case REDIRECT -> client.redirect(step.to());
    }
  }

  /** Returns the time at which a fault ends; a duration of zero stands for some decades. */
  private static long end(StreamFault step, long now) {
    return now + (step.time().isZero() ? Long.MAX_VALUE / 4 : step.time().toNanos());
  }

  private void closeAfterFlush(Player player) {
    quietUntil = System.nanoTime() + Long.MAX_VALUE / 4;
    player.sink().flush();
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  private byte[] garbage() {
    byte[] bytes = new byte[256];
    random.nextBytes(bytes);
    bytes[0] = 0;
    return bytes;
  }
}
