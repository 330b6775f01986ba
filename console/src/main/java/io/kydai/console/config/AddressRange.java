package io.kydai.console.config;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * IP addresses with a common prefix, in CIDR notation (RFC 4632, section 3.1), such as {@code
 * 10.0.0.0/8}; an address without a prefix length is a range of one.
 *
 * @param address the first address of the range
 * @param prefix the number of leading bits that the addresses share, 0 to 32 or 128
 */
public record AddressRange(InetAddress address, int prefix) {
  public AddressRange {
    if (prefix < 0 || prefix > address.getAddress().length * 8) {
      throw wrong();
    }
    address = first(address.getAddress(), prefix);
  }

  /**
   * Parses a range. Names are not looked up.
   *
   * @throws IllegalArgumentException when the text is neither an address nor a range
   */
  public static AddressRange of(String text) {
    int slash = text.indexOf('/');
    byte[] bytes =
        NetUtil.createByteArrayFromIpAddressString(slash < 0 ? text : text.substring(0, slash));
    if (bytes == null) {
      throw wrong();
    }
    try {
      return new AddressRange(
          address(bytes),
          slash < 0 ? bytes.length * 8 : Integer.parseInt(text.substring(slash + 1)));
    } catch (NumberFormatException e) {
      throw wrong();
    }
  }

  private static IllegalArgumentException wrong() {
    return new IllegalArgumentException(
        "an IP address such as 10.0.0.5, or a range such as 10.0.0.0/24, is expected");
  }

  private static InetAddress first(byte[] bytes, int prefix) {
    for (int bit = prefix; bit < bytes.length * 8; bit++) {
      bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
    }
    return address(bytes);
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Returns whether an address is in this range. */
  public boolean contains(InetAddress other) {
    byte[] bytes = other.getAddress();
    return bytes.length == address.getAddress().length
        && Arrays.equals(first(bytes, prefix).getAddress(), address.getAddress());
  }

  @Override
  public String toString() {
    return address.getHostAddress()
        + (prefix == address.getAddress().length * 8 ? "" : "/" + prefix);
  }
}
