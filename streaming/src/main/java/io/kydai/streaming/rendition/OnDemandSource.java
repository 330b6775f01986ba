package io.kydai.streaming.rendition;

import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.media.AccessUnitSubscriber;

/** A stream that is received only while somebody wants it. */
@FunctionalInterface
public interface OnDemandSource {
  /**
   * Begins to receive the stream; returns before it is connected.
   *
   * @return closing it ends the reception
   */
  Subscription pull(AccessUnitSubscriber subscriber);
}
