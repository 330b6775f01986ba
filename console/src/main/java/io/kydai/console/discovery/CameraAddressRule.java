package io.kydai.console.discovery;

import io.kydai.ingest.source.HostAndPort;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which addresses a test of a camera may connect to. The rule keeps whoever configures cameras from
 * using the node to ask services that are no cameras:
 *
 * <ul>
 *   <li>the addresses of clouds' metadata services are refused, whatever the scheme;
 *   <li>so are addresses of nobody in particular: unspecified, multicast and broadcast ones;
 *   <li>this machine itself (loopback) is refused by HTTP. By RTSP it is allowed, since relays on
 *       the same machine are usual, and nothing of an answer that is not RTSP is shown.
 * </ul>
 *
 * All other addresses are allowed: cameras are in private networks, and some have link-local
 * addresses. A name is refused when one of its addresses is.
 */
public final class CameraAddressRule {
  /** Amazon, Google, Azure, Oracle, DigitalOcean; Amazon's tasks; Alibaba; Amazon over IPv6. */
  private static final Set<String> METADATA =
      Set.of("169.254.169.254", "169.254.170.2", "100.100.100.200", "fd00:ec2:0:0:0:0:0:254");

  /** Finds the addresses of a host. */
  @FunctionalInterface
  public interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private final Resolver resolver;

  /** Creates the rule. */
  public CameraAddressRule(Resolver resolver) {
    this.resolver = resolver;
  }

  /** Returns whether an address may be tested; an unknown name may, as the test reports it. */
  public boolean allows(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    boolean http = scheme.startsWith("http");
    String host = HostAndPort.of(address).map(HostAndPort::host).orElse("");
    try {
      return List.of(resolver.resolve(host.replaceAll("[\\[\\]]", ""))).stream()
          .allMatch(one -> allows(one, http));
    } catch (UnknownHostException e) {
      return true;
    }
  }

  private static boolean allows(InetAddress address, boolean http) {
    String text = address.getHostAddress().replaceAll("%.*", "");
    return !METADATA.contains(text)
        && !address.isAnyLocalAddress()
        && !address.isMulticastAddress()
        && !text.equals("255.255.255.255")
        && !(http && address.isLoopbackAddress());
  }
}
