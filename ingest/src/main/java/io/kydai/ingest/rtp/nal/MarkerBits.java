package io.kydai.ingest.rtp.nal;

/**
 * Tracks whether a camera's RTP marker bits are reliable. By RFC 6184 (section 5.1) and RFC 7798
 * (section 4.1) the last packet of an access unit has the marker; some cameras set it on the last
 * packet of each slice, of each NAL unit, or on every packet. One object serves all connections of
 * a camera, so that the result is kept when the camera reconnects.
 *
 * <p>After a marker that did not end its picture, all markers count as unreliable. Pictures then
 * end only where the timestamp changes, which delays each by one picture. Markers count as reliable
 * again after {@value #RELIABLE_AFTER} consecutive pictures of several slices that had exactly one
 * marker, at the end.
 *
 * <p>All methods are called on the camera's event loop.
 */
public final class MarkerBits {
  private static final int RELIABLE_AFTER = 250;

  private boolean unreliable;
  private int consistent;

  /** Returns whether a marker ends its access unit. */
  boolean areReliable() {
    return !unreliable;
  }

  /** Called when a picture continued after a marker. */
  void markerInsidePicture() {
    unreliable = true;
    consistent = 0;
  }

  /**
   * Called when a picture ended because the timestamp changed.
   *
   * @param slices the picture's number of slices
   * @param markers the number of its packets with a marker
   * @param atEnd whether its last packet had a marker
   */
  void pictureEnded(int slices, int markers, boolean atEnd) {
    if (unreliable && slices > 1) {
      consistent = markers == 1 && atEnd ? consistent + 1 : 0;
      unreliable = consistent < RELIABLE_AFTER;
    }
  }
}
