package io.kydai.ingest.onvif;

import io.kydai.ingest.source.HostAndPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The host at which a camera was reached, and the only one that its credentials ever go to.
 *
 * <p>A camera names its services and streams by addresses of its own making. Behind a NAT, with two
 * network cards or with an address from its factory these name a host that is not reachable from
 * here, and a hostile device may name somebody else's. So whatever host it names is replaced by the
 * one that was reached. Of a service, which is HTTP like what was reached, the port and the scheme
 * are replaced too when the host or the scheme differ: a NAT that maps the address mostly maps the
 * port, and a conversation that began with TLS does not go on without. Of a stream the port is
 * kept.
 *
 * @param address {@code http} or {@code https}, with a host, a possible port and without user
 *     information
 */
record ReachedHost(URI address) {
  private static final int MAX_ADDRESS = 2_000;

  /**
   * @throws IllegalArgumentException when it is no such address; the message does not repeat it
   */
  ReachedHost {
    if (!Set.of("http", "https").contains(String.valueOf(address.getScheme()))
        || HostAndPort.of(address).isEmpty()
        || !hasPossiblePort(address)
        || address.getRawAuthority().indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "an address such as http://host/onvif/device_service is needed, without user and"
              + " password");
    }
  }

  boolean isSecure() {
    return address.getScheme().equals("https");
  }

  /** Host and port, for people. */
  String name() {
    return address.getRawAuthority();
  }

  /** Where a service is that the camera said is at an address. */
  Optional<URI> service(String given) {
    return parse(given)
        .filter(uri -> Set.of("http", "https").contains(scheme(uri)))
        .map(
            uri ->
                isHere(uri) && scheme(uri).equals(address.getScheme())
                    ? with(address.getScheme(), port(uri), uri)
                    : with(address.getScheme(), port(address), uri));
  }

  /** Where a stream is that the camera said is at an address, without user and password. */
  Optional<URI> stream(String given) {
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

  /** The port of an address, also of one whose host has an underscore; -1 where there is none. */
  private static int port(URI uri) {
    return HostAndPort.of(uri).map(HostAndPort::port).orElse(-1);
  }

  private static String scheme(URI uri) {
    return String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
  }

  /** Cameras leave characters in addresses that should have been percent-encoded. */
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
