package io.kydai.ingest.media;

/**
 * A request to a camera for a key frame by other means than RTCP, such as ONVIF's {@code
 * SetSynchronizationPoint} (Media Service, section 5.15).
 */
@FunctionalInterface
public interface KeyFrameRequest {
  /**
   * Sends the request. It is called on the camera's event loop, at most every two seconds, so that
   * it must not block.
   */
  void send();
}
