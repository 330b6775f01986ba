package io.kydai.ingest.media;

/**
 * Another way than RTCP to ask a camera for a key frame, such as ONVIF's {@code
 * SetSynchronizationPoint} (Media Service, section 5.15).
 */
@FunctionalInterface
public interface KeyFrameRequest {
  /** Called on the camera's event loop, every two seconds at most: it must not wait. */
  void send();
}
