package io.kydai.console.config;

import static io.kydai.models.document.Key.key;
import static java.util.Objects.requireNonNull;

import io.kydai.models.document.Shape;
import io.kydai.models.document.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses at which other video systems pull the cameras' streams by RTSP.
 *
 * @param host the address to bind
 * @param port the TCP port without TLS, 0 for any free one; null for none
 * @param tlsPort the TCP port with the console's certificate, 0 for any free one; null for none
 * @param udpPort the first of a pair of UDP ports, even, 0 for any free pair
 * @param plainFrom the other machines that may come without TLS
 */
public record RtspConfig(
    String host,
    @Nullable Integer port,
    @Nullable Integer tlsPort,
    int udpPort,
    List<AddressRange> plainFrom) {
  private static final int MAX_PORT = 65_535;
  private static final int MAX_RANGES = 64;
  private static final int MAX_RANGE = 60;

  private static final ValueType<AddressRange> RANGE =
      ValueType.text(MAX_RANGE)
          .as((text, at) -> at.made(() -> AddressRange.of(text)), AddressRange::toString)
          .saying("IP address or range");

  static final Shape<RtspConfig> KEYS =
      Shape.of(
          RtspConfig.class,
          key("host", ValueType.text(255), "address to bind").otherwise("127.0.0.1"),
          key(
                  "port",
                  ValueType.whole(0, MAX_PORT),
                  "TCP port of RTSP without TLS, usually 8554; 0 takes any free one. Other machines"
                      + " than this one come only from `plain-from`")
              .shown("none: off"),
          key(
                  "tls-port",
                  ValueType.whole(0, MAX_PORT),
                  "TCP port of RTSPS, usually 8322, with the certificate of `http.tls`; 0 takes any"
                      + " free one")
              .shown("none: off"),
          key(
                  "udp-port",
                  ValueType.whole(0, MAX_PORT - 1),
                  "even UDP port from which RTP is sent without TLS, RTCP from the one behind it; 0"
                      + " takes any free pair")
              .otherwise(0),
          key(
                  "plain-from",
                  ValueType.list(RANGE, MAX_RANGES),
                  "addresses or ranges (`10.0.0.0/24`) of the machines that may pull without TLS:"
                      + " tokens and pictures cross that network in the clear")
              .otherwise(List.of())
              .shown("none"));

  /** Nothing is pulled by RTSP. */
  public static final RtspConfig OFF = KEYS.defaults();

  public RtspConfig {
    requireNonNull(host);
    plainFrom = List.copyOf(plainFrom);
  }

  /** Returns whether anything is listened on. */
  public boolean isOn() {
    return port != null || tlsPort != null;
  }
}
