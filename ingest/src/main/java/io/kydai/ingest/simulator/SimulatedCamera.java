package io.kydai.ingest.simulator;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.media.AudioClip;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.simulator.media.Packetization;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A camera to simulate. What is not given to a constructor is added by the {@code with…} methods.
 *
 * @param name the path of its RTSP address, without slashes
 * @param clip what it shows, over and over
 * @param fps pictures per second, above 0, at most 240
 * @param login who may see it; anybody when null
 * @param other what it shows after {@link Fault#change}: of the same format; null for nothing else
 * @param packetization how it cuts pictures into packets
 * @param sound a second track; null for none
 * @param metadata whether it offers an ONVIF metadata track with one document per second
 * @param clockOffset by how much its clock, as its sender reports tell it, is ahead of this one
 * @param ownPort whether it listens on a port of its own, so that it can refuse connections
 */
public record SimulatedCamera(
    String name,
    Clip clip,
    double fps,
    @Nullable Login login,
    @Nullable Clip other,
    Packetization packetization,
    @Nullable AudioClip sound,
    boolean metadata,
    Duration clockOffset,
    boolean ownPort) {
  public SimulatedCamera {
    requireNonNull(clip);
    requireNonNull(packetization);
    requireNonNull(clockOffset);
    if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException("a name has 1 to 64 letters, digits, '-' and '_'");
    }
    if (!(fps > 0 && fps <= 240)) {
      throw new IllegalArgumentException("fps is above 0 and at most 240");
    }
    if (other != null && other.format() != clip.format()) {
      throw new IllegalArgumentException("both clips of " + name + " must have the same format");
    }
  }

  /** A camera with video only that asks nobody for a password. */
  public SimulatedCamera(String name, Clip clip, double fps) {
    this(name, clip, fps, null, null, Packetization.FRAGMENTS, null, false, Duration.ZERO, false);
  }

  public SimulatedCamera withName(String one) {
    return new SimulatedCamera(
        one, clip, fps, login, other, packetization, sound, metadata, clockOffset, ownPort);
  }

  public SimulatedCamera withLogin(Login one) {
    return new SimulatedCamera(
        name, clip, fps, one, other, packetization, sound, metadata, clockOffset, ownPort);
  }

  public SimulatedCamera withOther(Clip one) {
    return new SimulatedCamera(
        name, clip, fps, login, one, packetization, sound, metadata, clockOffset, ownPort);
  }

  public SimulatedCamera withPacketization(Packetization one) {
    return new SimulatedCamera(
        name, clip, fps, login, other, one, sound, metadata, clockOffset, ownPort);
  }

  public SimulatedCamera withSound(AudioClip one) {
    return new SimulatedCamera(
        name, clip, fps, login, other, packetization, one, metadata, clockOffset, ownPort);
  }

  public SimulatedCamera withMetadata() {
    return new SimulatedCamera(
        name, clip, fps, login, other, packetization, sound, true, clockOffset, ownPort);
  }

  public SimulatedCamera withClockOffset(Duration ahead) {
    return new SimulatedCamera(
        name, clip, fps, login, other, packetization, sound, metadata, ahead, ownPort);
  }

  public SimulatedCamera withOwnPort() {
    return new SimulatedCamera(
        name, clip, fps, login, other, packetization, sound, metadata, clockOffset, true);
  }

  /** How a camera asks for a password. */
  public enum Scheme {
    BASIC,
    /** RFC 2617, {@code qop=auth}. */
    DIGEST_MD5,
    /** RFC 7616, {@code qop=auth}. */
    DIGEST_SHA_256,
    /** All of them offered, the strongest first; each is good. */
    ANY
  }

  /**
   * What a client must know.
   *
   * @param nonceLife after so long a nonce is stale and a client asked again, even within a
   *     session; never, when it is zero
   */
  public record Login(String user, String password, Scheme scheme, Duration nonceLife) {
    public Login(String user, String password, Scheme scheme) {
      this(user, password, scheme, Duration.ZERO);
    }

    /** Digest with MD5, or else Basic. */
    public Login(String user, String password, boolean digest) {
      this(user, password, digest ? Scheme.DIGEST_MD5 : Scheme.BASIC);
    }

    @Override
    public String toString() {
      return "Login[hidden]";
    }
  }
}
