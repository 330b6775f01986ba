package io.kydai.ingest.rtsp;

import io.kydai.ingest.rtsp.message.RtspException;
import io.kydai.ingest.source.HostAndPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the target of a redirection. */
final class Redirects {
  private Redirects() {}

  /**
   * Returns the target, resolved against the requested address, without user information.
   *
   * @param asked the requested address
   * @param location the value of the {@code Location} field; null when the camera gave none
   * @throws RtspException when the field is missing, is not an {@code rtsp} or {@code rtsps}
   *     address with a host and a port from 1 to 65535, or would lead from an encrypted connection
   *     to an unencrypted one
   */
  static URI target(URI asked, @Nullable String location) throws RtspException {
    if (location == null) {
      throw new RtspException("redirects without saying where to");
    }
    try {
      URI target = asked.resolve(new URI(location));
      boolean secure = "rtsps".equalsIgnoreCase(target.getScheme());
      boolean plain = "rtsp".equalsIgnoreCase(target.getScheme());
      if (plain && "rtsps".equalsIgnoreCase(asked.getScheme())) {
        throw new RtspException("redirects from rtsps:// to rtsp://, which is not encrypted");
      }
      Optional<HostAndPort> reached = HostAndPort.of(target);
      int port = reached.map(HostAndPort::port).orElse(target.getPort());
      if (port == 0 || port > 65_535) {
        throw new RtspException("redirects to port " + port + ", which cannot be");
      }
      if ((plain || secure) && reached.isPresent()) {
        String host = reached.get().host();
        return new URI(
            secure ? "rtsps" : "rtsp",
            port < 0 ? host : host + ":" + port,
            target.getPath(),
            target.getQuery(),
            null);
      }
    } catch (URISyntaxException e) {
      throw new RtspException("redirects to something that is no address: " + e.getReason());
    }
    throw new RtspException("redirects to something else than an rtsp:// address with a host");
  }
}
