package io.kydai.ingest.media;

import io.kydai.ingest.source.CameraId;

/** The interface through which other modules receive access units from ingest. */
public interface AccessUnitSource {
  /**
   * Subscribes to a camera's access units, from the next one on; the camera may be added later.
   *
   * @return the subscription, which closing ends; a call that has already begun may still complete
   */
  Subscription subscribe(CameraId camera, AccessUnitSubscriber subscriber);

  /** A subscription, which ends when it is closed; closing it again has no effect. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
