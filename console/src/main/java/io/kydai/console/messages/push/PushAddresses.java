package io.kydai.console.messages.push;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Finds the machine that a subscription's address names. Whoever has an account chooses that
 * address, and must not have the node ask services of the site's own networks by it: names are
 * resolved here, once, every address that a name has must be one of the open internet, and the
 * connection goes to the address that was looked at.
 */
public final class PushAddresses {
  private static final int HTTPS = 443;

  /** Finds the addresses of a host. */
  @FunctionalInterface
  public interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  private final Resolver resolver;
  private final boolean everywhere;

  private PushAddresses(Resolver resolver, boolean everywhere) {
    this.resolver = resolver;
    this.everywhere = everywhere;
  }

  /** Returns the rule: machines of the open internet, at the port of HTTPS. */
  public static PushAddresses usual() {
    return of(InetAddress::getAllByName);
  }

  /** Returns the rule with another look-up of names. */
  public static PushAddresses of(Resolver resolver) {
    return new PushAddresses(resolver, false);
  }

  /** Returns no rule: for push services of a test on this machine. */
  static PushAddresses everywhere() {
    return new PushAddresses(InetAddress::getAllByName, true);
  }

  /**
   * Returns the address to connect to. Waits for name servers.
   *
   * @throws UnknownHostException when the name has none
   * @throws IllegalArgumentException when it may not be connected to
   */
  InetAddress find(URI address) throws UnknownHostException {
    InetAddress[] found = resolver.resolve(address.getHost().replaceAll("[\\[\\]]", ""));
    if (everywhere) {
      return found[0];
    }
    if (address.getPort() != -1 && address.getPort() != HTTPS) {
      throw new IllegalArgumentException("a push service's port is " + HTTPS);
    }
    for (InetAddress one : found) {
      if (!isPublic(one.getAddress(), one instanceof Inet4Address)) {
        throw new IllegalArgumentException("a push service has a public address");
      }
    }
    return found[0];
  }

  /**
   * Returns whether an address is one of the open internet, by IANA's registries of special-purpose
   * addresses: those of IPv6 are the global unicast ones without the forms that embed another.
   */
  private static boolean isPublic(byte[] bytes, boolean ip4) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    int third = bytes[2] & 0xff;
    if (!ip4) {
      boolean embedding = first == 0x20 && (second == 0x02 || second == 0x01 && third < 2);
      boolean documentation = first == 0x20 && second == 0x01 && third == 0x0d;
      return first >> 5 == 1 && !embedding && !documentation && !(first == 0x3f && second == 0xff);
    }
    return switch (first) {
      case 0, 10, 127 -> false;
      case 100 -> second < 64 || second > 127;
      case 169 -> second != 254;
      case 172 -> second < 16 || second > 31;
      case 192 -> second != 168 && !(second == 0 && (third == 0 || third == 2)) && second != 88;
      case 198 -> second != 18 && second != 19 && !(second == 51 && third == 100);
      case 203 -> !(second == 0 && third == 113);
      default -> first < 224;
    };
  }
}
