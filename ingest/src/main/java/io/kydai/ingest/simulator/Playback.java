package io.kydai.ingest.simulator;

import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.fault.StreamFault;
import io.kydai.ingest.simulator.media.MediaUnit;
import io.kydai.ingest.simulator.media.SimulatedTrack;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What all tracks of one session share while they play: the camera's fault as it takes its course
 * in this session, counted in pictures.
 */
final class Playback {
  private final PlayedCamera camera;
  private final Channel channel;
  private final ToClient client;
  private final SplittableRandom random = new SplittableRandom(1);
  private final List<Course> courses = new ArrayList<>();
  private PlayedCamera.Misbehaviour misbehaviour;
  private long quietUntil;
  private long garbageUntil;
  private boolean other;
  private long otherFrom;
  private Duration timestampJump = Duration.ZERO;
  private Duration clockJump = Duration.ZERO;

  /** What a camera asks of a client by itself. */
  interface ToClient {
    void teardown();

    void announce();

    void redirect(String to);
  }

  private static final class Course {
    private final StreamFault step;
    private int pictures;
    private boolean over;

    Course(StreamFault step) {
      this.step = step;
    }

    boolean begins() {
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

  Playback(PlayedCamera camera, Channel channel, ToClient client) {
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
    courses.clear();
    misbehaviour.fault().streams().stream()
        .filter(step -> !step.isReboot() || step.after() > 0)
        .forEach(step -> courses.add(new Course(step)));
    quietUntil = now;
    garbageUntil = now;
    other = false;
  }

  /** What a track plays at a place. */
  MediaUnit unit(SimulatedTrack track, long place) {
    return other && track == camera.video()
        ? camera.otherClip().unit(place - otherFrom)
        : track.unit(place);
  }

  /** Whether a unit goes out; for a picture, faults take their course first. */
  boolean lets(Player player, SimulatedTrack track, long now) {
    if (track == camera.video()) {
      if (misbehaviour != camera.misbehaviour()) {
        misbehaviour = camera.misbehaviour();
        if (other) {
          player.awaitKey();
        }
        begin(now);
      }
      if (goesOut(now)) {
        takeCourse(player, now);
      }
      if (garbageUntil - now > 0) {
        player.sink().junk(garbage());
      }
    }
    return goesOut(now);
  }

  private boolean goesOut(long now) {
    return quietUntil - now <= 0 && garbageUntil - now <= 0 && channel.isActive();
  }

  private void takeCourse(Player player, long now) {
    for (Course course : courses) {
      if (course.begins()) {
        happen(course.step, player, now);
      }
    }
  }

  private void happen(StreamFault step, Player player, long now) {
    switch (step.kind()) {
      case STALL -> quietUntil = end(step, now);
      case GARBAGE -> garbageUntil = end(step, now);
      case CLOSE -> closeAfterWhatIsSent(player);
      case CUT -> {
        if (player.sink() instanceof MediaSink.Interleaved) {
          player.sink().junk(ByteBuffer.allocate(12).put((byte) '$').put(2, (byte) 4).array());
        }
        closeAfterWhatIsSent(player);
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

  /** Zero means for ever: some decades. */
  private static long end(StreamFault step, long now) {
    return now + (step.time().isZero() ? Long.MAX_VALUE / 4 : step.time().toNanos());
  }

  private void closeAfterWhatIsSent(Player player) {
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
