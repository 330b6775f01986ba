package io.kydai.console.discovery;

import io.kydai.ingest.onvif.DeviceInformation;
import io.kydai.ingest.onvif.MediaProfile;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a camera has to offer.
 *
 * @param address at which it was asked
 * @param clockOffset what its clock shows, less what ours does
 * @param movable whether it says that it can be moved
 */
public record CameraOffer(
    URI address,
    DeviceInformation device,
    Duration clockOffset,
    boolean movable,
    boolean snapshot,
    List<Stream> streams) {

  public CameraOffer {
    streams = List.copyOf(streams);
  }

  /** What a stream is good for. */
  public enum Role {
    MAIN,
    SUB,
    OTHER
  }

  /**
   * One of its streams.
   *
   * @param url without user and password; null where the camera does not say
   */
  public record Stream(MediaProfile profile, Role role, @Nullable URI url) {}
}
