package io.kydai.ingest.simulator;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A camera to simulate.
 *
 * @param name the path of its RTSP address, without slashes
 * @param clip what it shows, over and over
 * @param fps pictures per second, above 0, at most 240
 * @param login who may see it; anybody when empty
 */
public record SimulatedCamera(String name, Clip clip, double fps, Optional<Login> login) {
  public SimulatedCamera {
    requireNonNull(clip);
    requireNonNull(login);
    if (!name.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException("a name has 1 to 64 letters, digits, '-' and '_'");
    }
    if (!(fps > 0 && fps <= 240)) {
      throw new IllegalArgumentException("fps is above 0 and at most 240");
    }
  }

  /** A camera that asks nobody for a password. */
  public SimulatedCamera(String name, Clip clip, double fps) {
    this(name, clip, fps, Optional.empty());
  }

  /**
   * What a client must know.
   *
   * @param digest whether to ask by Digest (RFC 2617, MD5, {@code qop=auth}) rather than by Basic
   */
  public record Login(String user, String password, boolean digest) {
    @Override
    public String toString() {
      return "Login[hidden]";
    }
  }
}
