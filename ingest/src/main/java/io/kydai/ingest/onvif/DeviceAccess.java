package io.kydai.ingest.onvif;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraSource.Credentials;
import io.kydai.ingest.tls.TlsTrust;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The address and credentials of a camera's ONVIF interface.
 *
 * @param device the address of its device service, such as {@code
 *     http://10.0.0.5/onvif/device_service}
 * @param credentials the user and password, which are sent to this host only; null for none
 * @param trust the certificates that are accepted when the address is {@code https}
 */
public record DeviceAccess(URI device, @Nullable Credentials credentials, TlsTrust trust) {
  public DeviceAccess {
    requireNonNull(device);
    requireNonNull(trust);
  }

  /**
   * Returns an access that accepts, over {@code https}, the certificates that the Java platform
   * trusts.
   */
  public static DeviceAccess of(URI device, @Nullable Credentials credentials) {
    return new DeviceAccess(device, credentials, TlsTrust.PLATFORM);
  }
}
