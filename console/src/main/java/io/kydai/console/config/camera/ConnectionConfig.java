package io.kydai.console.config.camera;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.tls.TlsTrust;

/**
 * How a camera's stream is to travel.
 *
 * @param trust by what the camera proves who it is; for {@code rtsps://} and {@code https://}
 *     addresses
 */
public record ConnectionConfig(Transport transport, TlsTrust trust) {
  public static final ConnectionConfig DEFAULT =
      new ConnectionConfig(Transport.AUTO, TlsTrust.PLATFORM);

  public ConnectionConfig {
    requireNonNull(transport);
    requireNonNull(trust);
  }

  /**
   * A stream by this way. What does not fit the address is left out: an address that follows the
   * file may have been changed there since, while this was kept.
   */
  CameraSource of(CameraSource source) {
    boolean secure = source.address().getScheme().equals("rtsps");
    return source
        .over(secure && transport == Transport.UDP ? Transport.AUTO : transport)
        .trusting(secure ? trust : TlsTrust.PLATFORM);
  }
}
