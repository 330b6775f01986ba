package io.kydai.console.node;

import io.kydai.console.audit.AuditGroups;
import io.kydai.console.config.HttpConfig;
import io.kydai.console.config.RtspConfig;
import io.kydai.console.config.ServerTls;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.rtsp.RtspPorts;
import io.kydai.console.http.rtsp.RtspViewers;
import io.kydai.console.users.LogIns;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;

/** Opens the RTSP server, where the configuration wants one. */
final class NodeRtsp {
  private NodeRtsp() {}

  /**
   * Refuses settings under which other machines would send tokens without TLS unasked, and RTSPS
   * without a certificate.
   *
   * @throws StartException with a remedy
   */
  static void check(RtspConfig rtsp, HttpConfig http) {
    if (rtsp.port() != null
        && rtsp.plainFrom().isEmpty()
        && rtsp.tlsPort() == null
        && !NodeAddress.isLoopback(rtsp.host())) {
      throw new StartException(
          "rtsp.host is "
              + rtsp.host()
              + ", which other machines reach, and there is neither TLS nor a machine that may come"
              + " without it. Set rtsp.tls-port (with http.tls), or rtsp.plain-from (the machines"
              + " in whose network tokens may be read), or bind 127.0.0.1; docs/rtsp.md says more.");
    }
    if (rtsp.tlsPort() != null && http.tls() == null) {
      throw new StartException(
          "rtsp.tls-port is set, and there is no certificate. Set http.tls (a certificate, or"
              + " self-signed).");
    }
  }

  /**
   * @param http with the certificate's files
   * @throws StartException when a port is taken
   */
  static AutoCloseable open(
      RtspConfig rtsp,
      HttpConfig http,
      LogIns logIns,
      Cameras cameras,
      AuditGroups audit,
      MeterRegistry metrics) {
    try {
      return new RtspPorts(
          rtsp,
          http.tls() instanceof ServerTls.Files files ? files : null,
          new RtspViewers(logIns, cameras, audit),
          metrics);
    } catch (IOException e) {
      throw new StartException(
          "Cannot listen for RTSP on "
              + rtsp.host()
              + " ("
              + e.getMessage()
              + "); is another program using the port? Choose another by rtsp.port, rtsp.tls-port"
              + " or rtsp.udp-port.",
          e);
    }
  }
}
