package io.kydai.console.node;

import io.kydai.console.config.WebRtcConfig;
import io.kydai.console.http.api.live.WebRtc;
import io.kydai.streaming.live.whep.WhepServer;
import io.kydai.streaming.live.whep.WhepSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the port of WebRTC, where the configuration names one. */
final class NodeWebRtc {
  private static final int MOST_ADDRESSES = 8;

  private static final String REMEDY =
      "End the program that has the port, or choose another by webrtc.port and webrtc.host, and"
          + " start the node again.";

  private static final Logger LOG = LoggerFactory.getLogger(NodeWebRtc.class);

  private NodeWebRtc() {}

  /**
   * @param httpHost the address of the HTTP server
   * @return what is open of it; where a port is taken, with what to do
   * @throws StartException when there is no such address
   */
  static WebRtc open(WebRtcConfig config, String httpHost, Clock clock, MeterRegistry metrics) {
    Integer port = config.port();
    if (port == null) {
      return WebRtc.OFF;
    }
    String host = config.host() == null ? httpHost : config.host();
    try {
      InetAddress bound = InetAddress.getByName(host);
      List<InetAddress> announced =
          config.addresses().isEmpty() ? reached(bound) : config.addresses();
      WhepSettings settings = new WhepSettings(new InetSocketAddress(bound, port), announced);
      return open(settings, config.overflow(), clock, metrics);
    } catch (IOException e) {
      throw new StartException(
          "WebRTC cannot listen: " + e.getMessage() + ". See webrtc.port and webrtc.host.", e);
    }
  }

  private static WebRtc open(
      WhepSettings settings, @Nullable URI overflow, Clock clock, MeterRegistry metrics) {
    WhepServer server;
    try {
      server = new WhepServer(settings, clock, System::nanoTime, metrics);
    } catch (IOException e) {
      LOG.warn("WebRTC is not served: {}. {}", e.getMessage(), REMEDY);
      return new WebRtc(null, "WebRTC is not served: " + e.getMessage() + ". " + REMEDY, overflow);
    }
    String fault = server.tcpFault().orElse(null);
    if (fault == null) {
      return WebRtc.open(server, overflow);
    }
    LOG.warn("WebRTC is served by UDP alone: {}. {}", fault, REMEDY);
    return new WebRtc(server, "WebRTC is served by UDP alone: " + fault + ". " + REMEDY, overflow);
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
