package io.kydai.console.config;

import static io.kydai.models.document.Key.key;

import io.kydai.models.document.Shape;
import io.kydai.models.document.ValueType;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.URI;
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
 * @param overflow the origin of another node, to which offers go when this one has no place for
 *     them; null where they are refused
 */
public record WebRtcConfig(
    @Nullable Integer port,
    @Nullable String host,
    List<InetAddress> addresses,
    @Nullable URI overflow) {
  private static final int MAX_HOST = 255;
  private static final int MAX_ADDRESS = 45;
  private static final int MAX_ADDRESSES = 8;

  private static final ValueType<InetAddress> ADDRESS =
      ValueType.text(MAX_ADDRESS)
          .as((text, at) -> at.made(() -> address(text)), InetAddress::getHostAddress)
          .saying("IP address");

  private static final ValueType<URI> ORIGIN =
      WebhookKeys.WEB
          .as((address, at) -> at.made(() -> origin(address)), origin -> origin)
          .saying("`http` or `https` address");

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
              .shown("the bound address, or those of the machine"),
          key(
                  "overflow",
                  ORIGIN,
                  "the origin of another Kydai node, such as `https://kydai-2.example`, to which"
                      + " programs are sent when this one has no place for a session")
              .shown("none: they are refused"));

  /** No WebRTC. */
  public static final WebRtcConfig OFF = KEYS.defaults();

  public WebRtcConfig {
    addresses = List.copyOf(addresses);
  }

  private static URI origin(URI address) {
    boolean bare =
        (address.getRawPath().isEmpty() || address.getRawPath().equals("/"))
            && address.getRawQuery() == null
            && address.getRawFragment() == null;
    if (!bare) {
      throw new IllegalArgumentException(
          "an origin such as https://kydai-2.example is expected, without a path");
    }
    return address;
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
