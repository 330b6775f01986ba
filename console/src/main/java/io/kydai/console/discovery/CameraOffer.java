package io.kydai.console.discovery;

import io.kydai.ingest.onvif.DeviceInformation;
import io.kydai.ingest.onvif.MediaProfile;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The capabilities that a camera reports over ONVIF.
 *
 * @param address the address of its device service
 * @param device its manufacturer, model and firmware
 * @param clockOffset the camera's time minus this machine's time
 * @param movable whether it has PTZ (pan, tilt, zoom)
 * @param snapshot whether it has a snapshot address
 * @param streams its streams
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

  /** The recommended use of a stream. */
  public enum Role {
    /** The large stream for viewing and recording. */
    MAIN,
    /** The small stream for analysis and small tiles. */
    SUB,
    /** A stream for which there is no recommendation. */
    OTHER
  }

  /**
   * A stream of a camera.
   *
   * @param profile the media profile of the stream
   * @param role the recommended use of the stream
   * @param url the stream's address without user and password; null where the camera does not
   *     report it
   */
  public record Stream(MediaProfile profile, Role role, @Nullable URI url) {}
}
