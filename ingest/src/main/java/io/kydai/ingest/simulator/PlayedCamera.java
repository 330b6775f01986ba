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

/** A camera as it is played: its clock runs from the simulator's start, for all clients alike. */
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
  private final AtomicReference<Down> down = new AtomicReference<>(Down.NOT);
  private volatile @Nullable Listener ownPort;
  private @Nullable ClientAuthentication gate;

  /** One telling to misbehave: the same fault told twice begins twice. */
  static final class Misbehaviour {
    private final Fault fault;

    Misbehaviour(Fault fault) {
      this.fault = fault;
    }

    Fault fault() {
      return fault;
    }
  }

  private record Down(boolean now, boolean forever, long until) {
    static final Down NOT = new Down(false, false, 0);
  }

  /**
   * @param startNanos when its clock stood at 0, as {@link System#nanoTime} counts
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

  /** Its tracks, the video first. */
  List<SimulatedTrack> tracks() {
    return tracks;
  }

  boolean hasOtherClip() {
    return other != null;
  }

  PacketizedClip otherClip() {
    return requireNonNullElse(other, clip);
  }

  Counts counts() {
    return counts;
  }

  CameraCounts countsNow() {
    return counts.now(clients.size());
  }

  /** Counts a client's connection as this camera's until it closes. */
  void client(Channel channel) {
    clients.add(channel);
  }

  /** Listens on a port of its own, which is closed while the camera has vanished. */
  void listensOn(Listener listener) {
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
   * Misbehaves from the next picture on, or behaves again.
   *
   * @throws IllegalArgumentException when the camera has not what the fault needs
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
    down.set(Down.NOT);
    ownPort().ifPresent(Listener::open);
    fault.streams().stream()
        .filter(step -> step.isReboot() && step.after() == 0)
        .forEach(this::reboot);
  }

  void reboot(StreamFault step) {
    boolean forever = step.time().isZero();
    down.set(new Down(true, forever, System.nanoTime() + step.time().toNanos()));
    if (step.kind() == StreamFault.Kind.VANISH) {
      ownPort()
          .ifPresent(
              listener -> {
                listener.close();
                if (!forever) {
                  listener.openIn(step.time().toNanos(), TimeUnit.NANOSECONDS);
                }
              });
    }
    clients.close();
  }

  /** The gate of all connections alike, made when it is first asked for. */
  synchronized ClientAuthentication gate(Supplier<ClientAuthentication> made) {
    ClientAuthentication known = gate == null ? made.get() : gate;
    gate = known;
    return known;
  }

  /** Whether it is rebooting. */
  boolean isDown() {
    Down state = requireNonNull(down.get());
    return state.now() && (state.forever() || state.until() - System.nanoTime() > 0);
  }

  /** The unit that is due at a moment: they are counted from 0 and on over the clip's rounds. */
  long due(long nanos, double rate) {
    return (long) ((nanos - start) * rate / 1e9);
  }

  /** When a unit is due, as {@link System#nanoTime} counts. */
  long nanos(long unit, double rate) {
    return start + (long) (unit * 1e9 / rate);
  }

  /**
   * The wall-clock time at which a unit is taken. It follows from the unit's place alone and not
   * from when it is sent, so that the times of two units are as far apart as the units are.
   */
  Instant taken(long unit, double rate) {
    return startTime.plusNanos(nanos(unit, rate) - start).plus(camera.clockOffset());
  }
}
