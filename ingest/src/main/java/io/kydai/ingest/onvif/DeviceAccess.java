package io.kydai.ingest.onvif;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraSource.Credentials;
import io.kydai.ingest.tls.TlsTrust;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a camera speaks ONVIF, and with whom.
 *
 * @param device its device service, such as {@code http://10.0.0.5/onvif/device_service}
 * @param credentials go to this host and no other; null where there is no log-in
 * @param trust by what it proves who it is where the address is {@code https}
 */
public record DeviceAccess(URI device, @Nullable Credentials credentials, TlsTrust trust) {
  public DeviceAccess {
    requireNonNull(device);
    requireNonNull(trust);
  }

  /** Trusts, over {@code https}, what the Java platform trusts. */
  public static DeviceAccess of(URI device, @Nullable Credentials credentials) {
    return new DeviceAccess(device, credentials, TlsTrust.PLATFORM);
  }
}
