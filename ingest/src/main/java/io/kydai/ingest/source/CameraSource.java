package io.kydai.ingest.source;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.tls.TlsTrust;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The address of a camera's stream, and the settings of the connection to it.
 *
 * @param id the camera's identifier
 * @param address an {@code rtsp://} or {@code rtsps://} address without user information
 * @param login the credentials for RTSP authentication; null for none
 * @param transport the transport of the RTP packets
 * @param trust the certificates that the camera may present; used with {@code rtsps://} only
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
      throw new IllegalArgumentException("the address must not contain credentials");
    }
    boolean secure = "rtsps".equals(address.getScheme());
    if (secure && transport == Transport.UDP) {
      throw new IllegalArgumentException(
          "over UDP the pictures of an rtsps:// address would not be encrypted (SRTP is not"
              + " supported); tcp, http or auto is expected");
    }
    if (!secure && !trust.equals(TlsTrust.PLATFORM)) {
      throw new IllegalArgumentException("certificate settings are permitted with rtsps:// only");
    }
  }

  /**
   * Creates a source from an address that may contain a user and a password, with {@link
   * Transport#AUTO} and {@link TlsTrust#PLATFORM}.
   *
   * @param url the address, such as {@code rtsp://user:pass@host:554/path?query}; reserved
   *     characters of the user and the password are percent-encoded (RFC 3986, section 3.2.1)
   * @throws IllegalArgumentException when the text is not an {@code rtsp} or {@code rtsps} address
   *     with a host; the message does not repeat the address, which may contain a password
   */
  public static CameraSource of(CameraId id, String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (java.net.URISyntaxException e) {
      throw new IllegalArgumentException(
          HostAndPort.wrongCharacter(url)
                  .map(wrong -> "a host may not have the character '" + wrong + "'")
                  .orElse("not an address: " + e.getReason())
              + ENCODING);
    }
    boolean secure = "rtsps".equalsIgnoreCase(uri.getScheme());
    if (!secure && !"rtsp".equalsIgnoreCase(uri.getScheme()) || uri.getRawAuthority() == null) {
      throw new IllegalArgumentException("an address such as rtsp://host:554/path is needed");
    }
    Optional<HostAndPort> found = HostAndPort.of(uri);
    if (found.isEmpty() || uri.getRawFragment() != null) {
      // Without this check, part of a password with an unencoded '#' would be read as the host.
      throw new IllegalArgumentException(
          HostAndPort.wrongCharacter(uri)
                  .filter(wrong -> uri.getRawFragment() == null)
                  .map(wrong -> "a host may not have the character '" + wrong + "'")
                  .orElse("its host and port are ambiguous")
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

  /** Returns the credentials for RTSP authentication; empty for none. */
  public Optional<Credentials> credentials() {
    return Optional.ofNullable(login);
  }

  /**
   * Returns the user information, which {@link URI} does not parse when it rejects the host name.
   */
  private static @Nullable String userInfo(URI uri) {
    String authority = uri.getAuthority();
    int at = uri.getRawAuthority().indexOf('@');
    return uri.getHost() != null
        ? uri.getUserInfo()
        : at < 0 ? null : authority.substring(0, authority.lastIndexOf('@'));
  }

  /**
   * Returns a copy with another transport.
   *
   * @throws IllegalArgumentException for UDP with {@code rtsps://}
   */
  public CameraSource over(Transport other) {
    return new CameraSource(id, address, login, other, trust);
  }

  /**
   * Returns a copy that accepts other certificates.
   *
   * @throws IllegalArgumentException for other than {@link TlsTrust#PLATFORM} with {@code rtsp://}
   */
  public CameraSource trusting(TlsTrust other) {
    return new CameraSource(id, address, login, transport, other);
  }

  /** A user name and password; {@code toString} shows neither. */
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
