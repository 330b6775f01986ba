package io.kydai.ingest.rtsp;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Reads where a camera sends us instead. */
final class Redirects {
  private Redirects() {}

  /**
   * The target, resolved against the address that was asked for.
   *
   * @throws RtspException when it is missing or no {@code rtsp} address with a host
   */
  static URI target(URI asked, Optional<String> location) throws RtspException {
    if (location.isEmpty()) {
      throw new RtspException("redirects without saying where to");
    }
    try {
      URI target = asked.resolve(new URI(location.get()));
      if ("rtsp".equalsIgnoreCase(target.getScheme()) && target.getHost() != null) {
        return new URI(
            "rtsp",
            null,
            target.getHost(),
            target.getPort(),
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
