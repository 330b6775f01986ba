package io.kydai.ingest.simulator;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.fault.StreamFault;
import io.kydai.ingest.simulator.media.AudioClip;
import io.kydai.ingest.simulator.media.MediaUnit;
import io.kydai.ingest.simulator.media.MetadataTrack;
import io.kydai.ingest.simulator.media.PacketizedClip;
import io.kydai.ingest.simulator.media.SimulatedTrack;
import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of a simulated camera that all its clients share. Its clock runs from the simulator's
 * start.
 */
final class PlayedCamera {
  private final SimulatedCamera camera;
  private final PacketizedClip clip;
  private final @Nullable PacketizedClip other;
  private final SimulatedTrack video;
  private final List<SimulatedTrack> tracks = new ArrayList<>();
  private final long start;
  private final Instant startTime;
  private final Counts counts = new Counts();
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final AtomicReference<Misbehaviour> misbehaviour =
      new AtomicReference<>(new Misbehaviour(Fault.NONE));
  private final AtomicReference<Outage> outage = new AtomicReference<>(Outage.NONE);
  private volatile @Nullable Listener ownPort;
  private @Nullable ClientAuthentication authentication;

  /**
   * A fault that was set. A new object is created each time, so that the same fault that is set
   * twice starts twice.
   */
  static final class Misbehaviour {
    private final Fault fault;

    Misbehaviour(Fault fault) {
      this.fault = fault;
    }

    Fault fault() {
      return fault;
    }
  }

  /**
   * A time for which the camera is unreachable.
   *
   * @param until the end, as {@link System#nanoTime} counts
   */
  private record Outage(boolean now, boolean endless, long until) {
    static final Outage NONE = new Outage(false, false, 0);
  }

  /**
   * @param startNanos the time at which the camera's clock started, as {@link System#nanoTime}
   *     counts
   * @param startTime the same moment in wall-clock time
   */
  PlayedCamera(
      SimulatedCamera camera,
      PacketizedClip clip,
      @Nullable PacketizedClip other,
      long startNanos,
      Instant startTime) {
    this.camera = camera;
    this.clip = clip;
    this.other = other;
    this.start = startNanos;
    this.startTime = startTime;
    this.video = new Video();
    tracks.add(video);
    AudioClip sound = camera.sound();
    if (sound != null) {
      tracks.add(sound.track());
    }
    if (camera.metadata()) {
      tracks.add(new MetadataTrack());
    }
  }

  private final class Video implements SimulatedTrack {
    @Override
    public int payloadType() {
      return clip.payloadType();
    }

    @Override
    public int clockRate() {
      return MediaTime.TICKS_PER_SECOND;
    }

    @Override
    public double rate() {
      return camera.fps();
    }

    @Override
    public boolean marks() {
      return true;
    }

    @Override
    public List<String> description() {
      List<String> lines = new ArrayList<>(clip.description());
      lines.add("a=framerate:" + camera.fps());
      return lines;
    }

    @Override
    public MediaUnit unit(long index) {
      return clip.unit(index);
    }
  }

  SimulatedCamera camera() {
    return camera;
  }

  SimulatedTrack video() {
    return video;
  }

  /** Returns the tracks, with the video first. */
  List<SimulatedTrack> tracks() {
    return tracks;
  }

  /** Returns whether the camera has a second clip. */
  boolean hasOtherClip() {
    return other != null;
  }

  /** Returns the second clip; the first when there is none. */
  PacketizedClip otherClip() {
    return requireNonNullElse(other, clip);
  }

  Counts counts() {
    return counts;
  }

  CameraCounts countsNow() {
    return counts.now(clients.size());
  }

  /** Adds a client's connection, which is removed when it closes. */
  void addClient(Channel channel) {
    clients.add(channel);
  }

  /** Sets the camera's own port, which {@link StreamFault.Kind#VANISH} closes. */
  void setOwnPort(Listener listener) {
    ownPort = listener;
  }

  Optional<Listener> ownPort() {
    return Optional.ofNullable(ownPort);
  }

  Misbehaviour misbehaviour() {
    return requireNonNull(misbehaviour.get());
  }

  Fault fault() {
    return misbehaviour().fault();
  }

  /**
   * Sets the fault from the next picture on.
   *
   * @throws IllegalArgumentException when the camera lacks the port or clip that the fault needs
   */
  void misbehave(Fault fault) {
    for (StreamFault step : fault.streams()) {
      if (step.kind() == StreamFault.Kind.VANISH && ownPort == null) {
        throw new IllegalArgumentException(camera.name() + " has no port of its own to close");
      }
      if (step.kind() == StreamFault.Kind.CHANGE && other == null) {
        throw new IllegalArgumentException(camera.name() + " has no other clip to show");
      }
    }
    misbehaviour.set(new Misbehaviour(fault));
    outage.set(Outage.NONE);
    ownPort().ifPresent(Listener::open);
    fault.streams().stream()
        .filter(step -> step.isReboot() && step.after() == 0)
        .forEach(this::reboot);
  }

  /** Closes all connections and makes the camera unreachable for the fault's time. */
  void reboot(StreamFault step) {
    boolean endless = step.time().isZero();
    outage.set(new Outage(true, endless, System.nanoTime() + step.time().toNanos()));
    if (step.kind() == StreamFault.Kind.VANISH) {
      ownPort()
          .ifPresent(
              listener -> {
                listener.close();
                if (!endless) {
                  listener.openIn(step.time().toNanos(), TimeUnit.NANOSECONDS);
                }
              });
    }
    clients.close();
  }

  /**
   * Returns the authentication that all connections share.
   *
   * @param factory creates it at the first call
   */
  synchronized ClientAuthentication authentication(Supplier<ClientAuthentication> factory) {
    ClientAuthentication shared = authentication == null ? factory.get() : authentication;
    authentication = shared;
    return shared;
  }

  /** Returns whether the camera is unreachable because of a fault. */
  boolean isDown() {
    Outage state = requireNonNull(outage.get());
    return state.now() && (state.endless() || state.until() - System.nanoTime() > 0);
  }

  /**
   * Returns the index of the unit that is due at a time. Indexes count from 0 over all rounds of
   * the clip.
   *
   * @param nanos the time, as {@link System#nanoTime} counts
   * @param rate units per second
   */
  long due(long nanos, double rate) {
    return (long) ((nanos - start) * rate / 1e9);
  }

  /** Returns the time at which a unit is due, as {@link System#nanoTime} counts. */
  long nanos(long unit, double rate) {
    return start + (long) (unit * 1e9 / rate);
  }

  /**
   * Returns the wall-clock time at which a unit is captured, by the camera's clock. It depends on
   * the unit's index alone and not on when the unit is sent, so that the times of two units are as
   * far apart as the units are.
   */
  Instant taken(long unit, double rate) {
    return startTime.plusNanos(nanos(unit, rate) - start).plus(camera.clockOffset());
  }
}
