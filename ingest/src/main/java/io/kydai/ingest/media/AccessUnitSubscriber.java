package io.kydai.ingest.media;

/** Receives a camera's access units in decoding order. */
@FunctionalInterface
public interface AccessUnitSubscriber {
  /**
   * Receives an access unit on the camera's event loop, which serves other cameras too: an
   * implementation must neither block nor compute, but only add to a bounded queue of its own. An
   * exception is logged with the camera's id, and affects neither the camera nor other subscribers.
   */
  void onAccessUnit(AccessUnit unit);
}
