package io.kydai.ingest.media;

/** Receives a camera's access units in decoding order. */
@FunctionalInterface
public interface AccessUnitSubscriber {
  /**
   * Called on the camera's event loop, which serves other cameras too: it must neither wait nor
   * compute, only hand over to a bounded queue of the subscriber's own. What it throws is logged
   * with the camera's id, and disturbs neither the camera nor the other subscribers.
   */
  void onAccessUnit(AccessUnit unit);
}
