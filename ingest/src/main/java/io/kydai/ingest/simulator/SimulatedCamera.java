package io.kydai.ingest.simulator;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.media.AudioClip;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.simulator.media.Packetization;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a simulated camera. The {@code with…} methods return it with one value
 * changed.
 *
 * @param name the path of its RTSP address, without slashes
 * @param clip the clip that it plays in an endless loop
 * @param fps pictures per second, above 0 and at most 240
 * @param login the login that it requires; null for none
 * @param other the clip that it plays after {@link Fault#change}, of the same format; null for none
 * @param packetization how it puts pictures into packets
 * @param sound the audio track; null for none
 * @param metadata whether it offers an ONVIF metadata track with one document per second
 * @param clockOffset how far the clock of its sender reports is ahead of the system clock
 * @param ownPort whether it listens on its own port, which {@link Fault#vanish} requires
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

  /** Creates a camera with a video track only and without a login. */
  public SimulatedCamera(String name, Clip clip, double fps) {
    this(name, clip, fps, null, null, Packetization.FRAGMENTS, null, false, Duration.ZERO, false);
  }

  /** Returns this camera with another name. */
  public SimulatedCamera withName(String one) {
    return new SimulatedCamera(
        one, clip, fps, login, other, packetization, sound, metadata, clockOffset, ownPort);
  }

  /** Returns this camera with a login. */
  public SimulatedCamera withLogin(Login one) {
    return new SimulatedCamera(
        name, clip, fps, one, other, packetization, sound, metadata, clockOffset, ownPort);
  }

  /** Returns this camera with a second clip. */
  public SimulatedCamera withOther(Clip one) {
    return new SimulatedCamera(
        name, clip, fps, login, one, packetization, sound, metadata, clockOffset, ownPort);
  }

  /** Returns this camera with another packetisation. */
  public SimulatedCamera withPacketization(Packetization one) {
    return new SimulatedCamera(
        name, clip, fps, login, other, one, sound, metadata, clockOffset, ownPort);
  }

  /** Returns this camera with an audio track. */
  public SimulatedCamera withSound(AudioClip one) {
    return new SimulatedCamera(
        name, clip, fps, login, other, packetization, one, metadata, clockOffset, ownPort);
  }

  /** Returns this camera with an ONVIF metadata track. */
  public SimulatedCamera withMetadata() {
    return new SimulatedCamera(
        name, clip, fps, login, other, packetization, sound, true, clockOffset, ownPort);
  }

  /** Returns this camera with a clock that is ahead of the system clock by a time. */
  public SimulatedCamera withClockOffset(Duration ahead) {
    return new SimulatedCamera(
        name, clip, fps, login, other, packetization, sound, metadata, ahead, ownPort);
  }

  /** Returns this camera with its own port. */
  public SimulatedCamera withOwnPort() {
    return new SimulatedCamera(
        name, clip, fps, login, other, packetization, sound, metadata, clockOffset, true);
  }

  /** The authentication scheme of a camera. */
  public enum Scheme {
    BASIC,
    /** RFC 2617, {@code qop=auth}. */
    DIGEST_MD5,
    /** RFC 7616, {@code qop=auth}. */
    DIGEST_SHA_256,
    /** All schemes are offered, the strongest first, and each is accepted. */
    ANY
  }

  /**
   * The credentials that a camera requires.
   *
   * @param user the user name
   * @param password the password
   * @param scheme the authentication scheme
   * @param nonceLife the time after which a nonce is stale and a client is challenged again, even
   *     within a session; zero for never
   */
  public record Login(String user, String password, Scheme scheme, Duration nonceLife) {
    public Login(String user, String password, Scheme scheme) {
      this(user, password, scheme, Duration.ZERO);
    }

    /** Creates a login with Digest and MD5, or with Basic. */
    public Login(String user, String password, boolean digest) {
      this(user, password, digest ? Scheme.DIGEST_MD5 : Scheme.BASIC);
    }

    @Override
    public String toString() {
      return "Login[hidden]";
    }
  }
}
