package io.kydai.ingest.source;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.tls.TlsTrust;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a camera's stream is to be had, and how.
 *
 * @param address an {@code rtsp://} or {@code rtsps://} address without user information
 * @param login what to answer when the camera asks who is there; null where nothing is given
 * @param trust who is believed to be the camera; looked at with {@code rtsps://} only
 */
public record CameraSource(
    CameraId id, URI address, @Nullable Credentials login, Transport transport, TlsTrust trust) {

  private static final String ENCODING =
      "; in a user or a password, other characters than letters and digits must be"
          + " percent-encoded, such as @ as %40 and # as %23";

  public CameraSource {
    requireNonNull(id);
    requireNonNull(transport);
    requireNonNull(trust);
    if (userInfo(address) != null) {
      throw new IllegalArgumentException("credentials stand apart from the address");
    }
    boolean secure = "rtsps".equals(address.getScheme());
    if (secure && transport == Transport.UDP) {
      throw new IllegalArgumentException(
          "over UDP the pictures of an rtsps:// address would not be encrypted (SRTP is not"
              + " spoken); tcp, http or auto is expected");
    }
    if (!secure && !trust.equals(TlsTrust.PLATFORM)) {
      throw new IllegalArgumentException("a certificate can be asked for with rtsps:// only");
    }
  }

  /**
   * Takes user and password out of the address. The transport is {@link Transport#AUTO}, and what
   * is trusted {@link TlsTrust#PLATFORM}.
   *
   * @param url such as {@code rtsp://user:pass@host:554/path?query}, the password percent-encoded
   *     where it must be
   * @throws IllegalArgumentException when it is no {@code rtsp} or {@code rtsps} address with a
   *     host; the message does not repeat the address, which may hold a password
   */
  public static CameraSource of(CameraId id, String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (java.net.URISyntaxException e) {
      throw new IllegalArgumentException("not an address: " + e.getReason() + ENCODING);
    }
    boolean secure = "rtsps".equalsIgnoreCase(uri.getScheme());
    if (!secure && !"rtsp".equalsIgnoreCase(uri.getScheme()) || uri.getRawAuthority() == null) {
      throw new IllegalArgumentException("an address such as rtsp://host:554/path is needed");
    }
    Optional<HostAndPort> found = HostAndPort.of(uri);
    if (found.isEmpty() || uri.getRawFragment() != null) {
      // Without this, a piece of a password with '#' would be taken for the host or the port.
      throw new IllegalArgumentException(
          HostAndPort.wrongCharacter(uri)
                  .filter(wrong -> uri.getRawFragment() == null)
                  .map(wrong -> "a host may not have the character '" + wrong + "'")
                  .orElse("its host and port cannot be told apart")
              + ENCODING);
    }
    HostAndPort host = found.get();
    if (host.port() == 0 || host.port() > 65_535) {
      throw new IllegalArgumentException("a port from 1 to 65535 is needed");
    }
    Optional<Credentials> credentials =
        Optional.ofNullable(userInfo(uri))
            .map(
                info -> {
                  int colon = info.indexOf(':');
                  return colon < 0
                      ? new Credentials(info, "")
                      : new Credentials(info.substring(0, colon), info.substring(colon + 1));
                });
    StringBuilder bare = new StringBuilder(secure ? "rtsps://" : "rtsp://").append(host.host());
    if (host.port() >= 0) {
      bare.append(':').append(host.port());
    }
    if (uri.getRawPath() != null) {
      bare.append(uri.getRawPath());
    }
    if (uri.getRawQuery() != null) {
      bare.append('?').append(uri.getRawQuery());
    }
    return new CameraSource(
        id,
        URI.create(bare.toString()),
        credentials.orElse(null),
        Transport.AUTO,
        TlsTrust.PLATFORM);
  }

  /** What to answer when the camera asks who is there; empty where nothing is given. */
  public Optional<Credentials> credentials() {
    return Optional.ofNullable(login);
  }

  /** The user's part, which {@link URI} does not know where it does not know the host. */
  private static @Nullable String userInfo(URI uri) {
    String authority = uri.getAuthority();
    int at = uri.getRawAuthority().indexOf('@');
    return uri.getHost() != null
        ? uri.getUserInfo()
        : at < 0 ? null : authority.substring(0, authority.lastIndexOf('@'));
  }

  /**
   * The same stream by another way.
   *
   * @throws IllegalArgumentException for UDP with {@code rtsps://}
   */
  public CameraSource over(Transport other) {
    return new CameraSource(id, address, login, other, trust);
  }

  /**
   * The same stream from a camera that proves itself in another way.
   *
   * @throws IllegalArgumentException with {@code rtsp://}
   */
  public CameraSource trusting(TlsTrust other) {
    return new CameraSource(id, address, login, transport, other);
  }

  /** A user's name and password. Its {@code toString} shows neither. */
  public record Credentials(String user, String password) {
    public Credentials {
      requireNonNull(user);
      requireNonNull(password);
    }

    @Override
    public String toString() {
      return "Credentials[hidden]";
    }
  }
}
