package io.kydai.console.discovery;

import io.kydai.ingest.source.BlockedAddresses;
import io.kydai.ingest.source.HostAndPort;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;

/**
 * Which addresses from outside may be connected to. The rule keeps whoever configures cameras from
 * using the node to ask services that are no cameras:
 *
 * <ul>
 *   <li>addresses that no camera has ({@link BlockedAddresses}) are refused, whatever the scheme;
 *   <li>this machine itself (loopback) is refused by HTTP, but for the address that every ONVIF
 *       device has (fixed by the ONVIF Core Specification), of which other services know nothing.
 *       By RTSP it is allowed, since relays on the same machine are usual, and nothing of an answer
 *       that is not RTSP is shown.
 * </ul>
 *
 * All other addresses are allowed: cameras are in private networks, and some have link-local
 * addresses. A name is refused when one of its addresses is.
 *
 * <p>The rule is asked early, so that whoever gives an address hears of it. The address that is
 * connected to in the end is looked at again by {@link io.kydai.ingest.connect.CheckedAddresses},
 * as names change and hosts redirect.
 */
public final class CameraAddressRule {
  private static final String ONVIF_DEVICE = "/onvif/device_service";

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

  /** Returns the rule for the networks of this machine. */
  public static CameraAddressRule usual() {
    return new CameraAddressRule(InetAddress::getAllByName);
  }

  /**
   * Returns whether an address may be connected to; an unknown name may, as the connection reports
   * it. Waits for name servers.
   */
  public boolean allows(URI address) {
    String host = host(address);
    try {
      return List.of(resolver.resolve(host)).stream()
          .allMatch(one -> allows(one, isAnyHttp(address)));
    } catch (UnknownHostException e) {
      return true;
    }
  }

  /**
   * Returns whether a camera may be given this address: a numeric one as {@link #allows} says, and
   * any name except this machine's. Does not wait for name servers, as a list of cameras has
   * thousands of names.
   */
  public boolean allowsAsWritten(URI address) {
    String host = host(address);
    boolean numeric = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    return numeric || host.equalsIgnoreCase("localhost") ? allows(address) : true;
  }

  private static String host(URI address) {
    return HostAndPort.of(address).map(HostAndPort::host).orElse("").replaceAll("[\\[\\]]", "");
  }

  /** Returns whether an address is one of HTTP and not that of an ONVIF device. */
  private static boolean isAnyHttp(URI address) {
    return String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT).startsWith("http")
        && (!ONVIF_DEVICE.equals(address.getRawPath()) || address.getRawQuery() != null);
  }

  private static boolean allows(InetAddress address, boolean http) {
    return !BlockedAddresses.contains(address) && !(http && BlockedAddresses.isOwnMachine(address));
  }
}
