package io.kydai.console.config;

import static io.kydai.models.document.Key.key;

import io.kydai.models.document.Shape;
import io.kydai.models.document.ValueType;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where live pictures are sent by WebRTC.
 *
 * @param port the UDP and TCP port of all sessions, 0 for any free one; null where there is no
 *     WebRTC
 * @param host the address to bind; null for that of the HTTP server
 * @param addresses under which browsers reach the port; empty for those of the machine
 */
public record WebRtcConfig(
    @Nullable Integer port, @Nullable String host, List<InetAddress> addresses) {
  private static final int MAX_HOST = 255;
  private static final int MAX_ADDRESS = 45;
  private static final int MAX_ADDRESSES = 8;

  private static final ValueType<InetAddress> ADDRESS =
      ValueType.text(MAX_ADDRESS)
          .as((text, at) -> at.made(() -> address(text)), InetAddress::getHostAddress)
          .saying("IP address");

  static final Shape<WebRtcConfig> KEYS =
      Shape.of(
          WebRtcConfig.class,
          key(
                  "port",
                  ValueType.whole(0, 65_535),
                  "UDP and TCP port of all sessions, such as 8189, which the firewall lets in; 0"
                      + " takes any free one")
              .shown("none: no WebRTC"),
          key("host", ValueType.text(MAX_HOST), "address to bind").shown("that of `http`"),
          key(
                  "addresses",
                  ValueType.list(ADDRESS, MAX_ADDRESSES),
                  "the addresses under which browsers reach the port, the best first: behind a"
                      + " router that translates addresses, its own")
              .otherwise(List.of())
              .shown("the bound address, or those of the machine"));

  /** No WebRTC. */
  public static final WebRtcConfig OFF = KEYS.defaults();

  public WebRtcConfig {
    addresses = List.copyOf(addresses);
  }

  /** Names are not looked up. */
  private static InetAddress address(String text) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    if (bytes == null) {
      throw new IllegalArgumentException("an IP address such as 192.0.2.10 is expected");
    }
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
