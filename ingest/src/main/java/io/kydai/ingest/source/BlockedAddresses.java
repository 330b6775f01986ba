package io.kydai.ingest.source;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;

/**
 * Addresses that no camera has: those of clouds' metadata services, and those of nobody in
 * particular (unspecified, multicast and broadcast ones). Who names one as a camera's would have
 * this machine ask something else.
 *
 * <p>An IPv4 address counts in each of its IPv6 forms too: IPv4-compatible (RFC 4291, section
 * 2.5.5.1), behind a NAT64 (RFC 6052) and in 6to4 (RFC 3056).
 */
public final class BlockedAddresses {
  /** Amazon, Google, Azure, Oracle, DigitalOcean; Amazon's tasks; Alibaba; Amazon over IPv6. */
  private static final Set<String> METADATA =
      Set.of("169.254.169.254", "169.254.170.2", "100.100.100.200", "fd00:ec2:0:0:0:0:0:254");

  private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};
  private static final int IPV4_BYTES = 4;

  private BlockedAddresses() {}

  /** Returns whether an address is not connected to, as no camera has it. */
  public static boolean contains(InetAddress address) {
    InetAddress meant = embedded(address);
    String text = meant.getHostAddress().replaceAll("%.*", "");
    return METADATA.contains(text)
        || meant.isAnyLocalAddress()
        || meant.isMulticastAddress()
        || text.equals("255.255.255.255");
  }

  /** Returns whether an address is this machine's own (loopback), in any of its forms. */
  public static boolean isOwnMachine(InetAddress address) {
    return address.isLoopbackAddress() || embedded(address).isLoopbackAddress();
  }

  /** Returns the IPv4 address in an IPv6 address, or the address itself where there is none. */
  private static InetAddress embedded(InetAddress address) {
    if (!(address instanceof Inet6Address six)
        || six.isLoopbackAddress()
        || six.isAnyLocalAddress()) {
      return address;
    }
    byte[] bytes = six.getAddress();
    boolean nat64 = Arrays.equals(bytes, 0, NAT64.length, NAT64, 0, NAT64.length);
    boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
    if (!six.isIPv4CompatibleAddress() && !nat64 && !sixToFour) {
      return address;
    }
    int from = sixToFour ? 2 : bytes.length - IPV4_BYTES;
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + IPV4_BYTES));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are an address", e);
    }
  }
}
