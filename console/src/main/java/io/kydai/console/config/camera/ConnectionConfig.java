package io.kydai.console.config.camera;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.tls.TlsTrust;

/**
 * The settings of the connections to a camera.
 *
 * @param transport the transport of the RTP packets
 * @param trust the certificates that the camera may present at {@code rtsps://} and {@code
 *     https://} addresses
 */
public record ConnectionConfig(Transport transport, TlsTrust trust) {
  /** The default settings. */
  public static final ConnectionConfig DEFAULT =
      new ConnectionConfig(Transport.AUTO, TlsTrust.PLATFORM);

  public ConnectionConfig {
    requireNonNull(transport);
    requireNonNull(trust);
  }

  /**
   * Returns a source with these settings. A setting that does not fit the address is ignored: the
   * address may come from the configuration file and have changed since the settings were stored.
   */
  CameraSource of(CameraSource source) {
    boolean secure = source.address().getScheme().equals("rtsps");
    return source
        .over(secure && transport == Transport.UDP ? Transport.AUTO : transport)
        .trusting(secure ? trust : TlsTrust.PLATFORM);
  }
}
