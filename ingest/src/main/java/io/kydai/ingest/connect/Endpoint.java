package io.kydai.ingest.connect;

import io.kydai.ingest.source.HostAndPort;
import java.net.URI;
import java.util.Locale;

/**
 * What a connection is opened to.
 *
 * @param host a name, or an address without brackets, in lower case
 */
public record Endpoint(String host, int port) {
  private static final int RTSP = 554;
  private static final int RTSPS = 322;
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /**
   * That of an {@code rtsp} or {@code rtsps} address (RFC 7826, section 4.2, on the ports).
   *
   * @param tunnelled over HTTP, whose ports are the usual ones then
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
