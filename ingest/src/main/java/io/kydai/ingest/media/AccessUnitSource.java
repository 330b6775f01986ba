package io.kydai.ingest.media;

import io.kydai.ingest.source.CameraId;
import java.util.function.Consumer;

/** The interface through which other modules receive access units from ingest. */
public interface AccessUnitSource {
  /**
   * Subscribes to a camera's access units, from the next one on; the camera may be added later.
   *
   * @return the subscription, which closing ends; a call that has already begun may still complete
   */
  Subscription subscribe(CameraId camera, AccessUnitSubscriber subscriber);

  /**
   * Subscribes to a camera's audio, as {@link #subscribe} to its access units; both are handed over
   * on the same thread. A source without audio hands over none.
   */
  default Subscription subscribeAudio(CameraId camera, Consumer<AudioFrame> subscriber) {
    return () -> {};
  }

  /** A subscription, which ends when it is closed; closing it again has no effect. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
