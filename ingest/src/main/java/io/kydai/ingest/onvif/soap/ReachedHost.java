package io.kydai.ingest.onvif.soap;

import io.kydai.ingest.source.HostAndPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The host at which a camera was reached, which is the only host that its credentials are sent to.
 *
 * <p>A camera reports the addresses of its services and streams. Behind a NAT, with two network
 * interfaces or with a factory default address, these addresses may have a host that is not
 * reachable from this machine, and a hostile device may report the address of another host. The
 * host is therefore always replaced by the reached one. In the address of a service, the port and
 * the scheme are replaced too when the host or the scheme differs, because a NAT that maps the
 * address mostly maps the port too, and because a connection with TLS must not be continued
 * without. In the address of a stream, the port is kept.
 *
 * @param address an {@code http} or {@code https} address with a host, a valid port or none, and
 *     without user information
 */
public record ReachedHost(URI address) {
  private static final int MAX_ADDRESS = 2_000;

  /**
   * Checks the address. @throws IllegalArgumentException when it is no such address; the message
   * does not repeat it
   */
  public ReachedHost {
    if (!Set.of("http", "https").contains(String.valueOf(address.getScheme()))
        || HostAndPort.of(address).isEmpty()
        || !hasPossiblePort(address)
        || address.getRawAuthority().indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "an address such as http://host/onvif/device_service is needed, without user and"
              + " password");
    }
  }

  /** Returns whether the device was reached over TLS. */
  public boolean isSecure() {
    return address.getScheme().equals("https");
  }

  /** Returns the host and port for messages. */
  public String name() {
    return address.getRawAuthority();
  }

  /**
   * Returns the address at which a service is to be called; empty when the given one is no HTTP
   * address.
   *
   * @param given the address that the camera reports
   */
  public Optional<URI> service(String given) {
    return parse(given)
        .filter(uri -> Set.of("http", "https").contains(scheme(uri)))
        .map(
            uri ->
                isHere(uri) && scheme(uri).equals(address.getScheme())
                    ? with(address.getScheme(), port(uri), uri)
                    : with(address.getScheme(), port(address), uri));
  }

  /**
   * Returns the address of a stream, without user and password; empty when the given one is no RTSP
   * address.
   *
   * @param given the address that the camera reports
   */
  public Optional<URI> stream(String given) {
    return parse(given)
        .filter(uri -> Set.of("rtsp", "rtsps").contains(scheme(uri)))
        .map(uri -> with(scheme(uri), port(uri), uri));
  }

  private boolean isHere(URI uri) {
    return HostAndPort.same(address, uri);
  }

  private URI with(String scheme, int port, URI uri) {
    String host = HostAndPort.of(address).orElseThrow().host();
    StringBuilder out = new StringBuilder(scheme).append("://").append(host);
    if (port >= 0) {
      out.append(':').append(port);
    }
    out.append(uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath());
    if (uri.getRawQuery() != null) {
      out.append('?').append(uri.getRawQuery());
    }
    return URI.create(URI.create(out.toString()).toASCIIString());
  }

  private static boolean hasPossiblePort(URI uri) {
    int port = port(uri);
    return port != 0 && port <= 65_535;
  }

  /** Returns the port of an address, also when its host has an underscore; -1 when it has none. */
  private static int port(URI uri) {
    return HostAndPort.of(uri).map(HostAndPort::port).orElse(-1);
  }

  private static String scheme(URI uri) {
    return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
  }

  /** Parses an address after percent-encoding the characters that some cameras leave unencoded. */
  private static Optional<URI> parse(String given) {
    String text = given.strip();
    if (text.length() > MAX_ADDRESS) {
      return Optional.empty();
    }
    StringBuilder clean = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              if (c <= ' ' || c == 0x7F || "\"<>\\^`{|}".indexOf(c) >= 0) {
                clean.append(String.format(Locale.ROOT, "%%%02X", c));
              } else {
                clean.append((char) c);
              }
            });
    try {
      URI uri = new URI(clean.toString());
      return uri.getRawAuthority() == null || !hasPossiblePort(uri)
          ? Optional.empty()
          : Optional.of(uri);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
