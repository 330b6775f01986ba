package io.kydai.ingest.media;

import io.kydai.ingest.source.CameraId;

/** Where the rooms behind ingest get access units from. */
public interface AccessUnitSource {
  /**
   * Subscribes to a camera's access units, from the next one on; the camera may be added later.
   *
   * @return closing it ends the subscription; a call that is under way may still arrive
   */
  Subscription subscribe(CameraId camera, AccessUnitSubscriber subscriber);

  /** Ends when closed; closing twice does nothing more. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
