package io.kydai.ingest.connect;

import io.kydai.ingest.source.HostAndPort;
import java.net.URI;
import java.util.Locale;

/**
 * The host and port that a connection is opened to.
 *
 * @param host a host name, or an IP address without brackets, in lower case
 * @param port 0 to 65535
 */
public record Endpoint(String host, int port) {
  private static final int RTSP = 554;
  private static final int RTSPS = 322;
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /**
   * Returns the endpoint of an {@code rtsp} or {@code rtsps} address (default ports: RFC 7826,
   * section 4.2).
   *
   * @param tunnelled whether RTSP is tunnelled through HTTP, so that HTTP's default ports apply
   * @throws java.util.NoSuchElementException when the address has no host
   */
  public static Endpoint of(URI address, boolean tunnelled) {
    HostAndPort of = HostAndPort.of(address).orElseThrow();
    String host = of.host().toLowerCase(Locale.ROOT);
    boolean literal6 = host.startsWith("[") && host.endsWith("]");
    boolean secure = "rtsps".equalsIgnoreCase(address.getScheme());
    int usual = tunnelled ? secure ? HTTPS : HTTP : secure ? RTSPS : RTSP;
    return new Endpoint(
        literal6 ? host.substring(1, host.length() - 1) : host, of.port() < 0 ? usual : of.port());
  }
}
