package io.kydai.console.node;

import io.kydai.console.config.WebRtcConfig;
import io.kydai.streaming.live.whep.WhepServer;
import io.kydai.streaming.live.whep.WhepSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens the port of WebRTC, where the configuration names one. */
final class NodeWebRtc {
  private static final int MOST_ADDRESSES = 8;

  private NodeWebRtc() {}

  /**
   * @param httpHost the address of the HTTP server
   * @return null where there is no WebRTC
   * @throws StartException when the port cannot be bound
   */
  static @Nullable WhepServer open(
      WebRtcConfig config, String httpHost, Clock clock, MeterRegistry metrics) {
    Integer port = config.port();
    if (port == null) {
      return null;
    }
    String host = config.host() == null ? httpHost : config.host();
    try {
      InetAddress bound = InetAddress.getByName(host);
      List<InetAddress> announced =
          config.addresses().isEmpty() ? reached(bound) : config.addresses();
      return new WhepServer(
          new WhepSettings(new InetSocketAddress(bound, port), announced),
          clock,
          System::nanoTime,
          metrics);
    } catch (IOException e) {
      throw new StartException(
          "WebRTC cannot listen: " + e.getMessage() + ". See webrtc.port and webrtc.host.", e);
    }
  }

  /** The addresses of the machine that the port is reached by. */
  private static List<InetAddress> reached(InetAddress bound) throws SocketException {
    if (!bound.isAnyLocalAddress()) {
      return List.of(bound);
    }
    List<InetAddress> found =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(one -> !one.isLoopbackAddress() && !one.isLinkLocalAddress())
            .limit(MOST_ADDRESSES)
            .toList();
    return found.isEmpty() ? List.of(InetAddress.getLoopbackAddress()) : found;
  }
}
