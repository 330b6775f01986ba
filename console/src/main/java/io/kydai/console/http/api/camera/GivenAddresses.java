package io.kydai.console.http.api.camera;

import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.discovery.CameraAddressRule;
import io.kydai.console.http.answer.Problem;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.Transport;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that a request gives a camera, beside {@link CameraAddressRule}. An address that
 * the camera has already stays: it may be that of the configuration file, which is not from
 * outside.
 */
final class GivenAddresses {
  /** What is expected instead of a refused address. */
  static final String EXPECTED = "an address that a camera can have";

  private final CameraAddressRule rule;

  GivenAddresses(CameraAddressRule rule) {
    this.rule = rule;
  }

  /**
   * Returns the key of the first address that no camera may be given; empty where there is none.
   *
   * @param before the camera as it is; null where it is new
   */
  Optional<String> refused(@Nullable CameraConfig before, CameraConfig camera) {
    Optional<URI> url = camera.source().map(GivenAddresses::reached);
    boolean sameUrl = before != null && url.equals(before.source().map(GivenAddresses::reached));
    if (!sameUrl && url.filter(at -> !rule.allowsAsWritten(at)).isPresent()) {
      return Optional.of("url");
    }
    Optional<URI> second = camera.secondSource().map(GivenAddresses::reached);
    boolean sameSecond =
        before != null && second.equals(before.secondSource().map(GivenAddresses::reached));
    if (!sameSecond && second.filter(at -> !rule.allowsAsWritten(at)).isPresent()) {
      return Optional.of("second-url");
    }
    URI onvif = camera.onvif();
    boolean sameOnvif = before != null && Objects.equals(before.onvif(), onvif);
    return onvif == null || sameOnvif || rule.allowsAsWritten(onvif)
        ? Optional.empty()
        : Optional.of("onvif");
  }

  /**
   * @throws Problem 400 where an address may not be given
   */
  void check(@Nullable CameraConfig before, CameraConfig camera) {
    refused(before, camera)
        .ifPresent(
            key -> {
              throw Problem.badField(key, "Expected: " + EXPECTED + ".");
            });
  }

  /** A tunnel asks by HTTP. */
  private static URI reached(CameraSource source) {
    return source.transport() == Transport.HTTP
        ? URI.create("http://" + source.address().getRawAuthority())
        : source.address();
  }
}
