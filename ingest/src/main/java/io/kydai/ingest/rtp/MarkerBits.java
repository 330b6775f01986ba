package io.kydai.ingest.rtp;

/**
 * What a camera's marker bits mean. By RFC 6184 (section 5.1) and RFC 7798 (section 4.1) the last
 * packet of an access unit has one; there are cameras that set it on the last packet of each slice,
 * of each NAL unit, or on every packet. What is learnt holds for all connections of the camera, so
 * that it costs no picture a second time.
 *
 * <p>A marker that turned out not to end its picture makes all of them meaningless: then only the
 * timestamp parts pictures, which costs the delay of one picture. Markers mean something again when
 * {@value #CONVINCING} pictures of several slices in a row had theirs at the end and nowhere else.
 *
 * <p>On the camera's event loop.
 */
public final class MarkerBits {
  private static final int CONVINCING = 250;

  private boolean misleading;
  private int consistent;

  /** Whether a marker says that its access unit ends. */
  boolean endPictures() {
    return !misleading;
  }

  /** A picture went on behind a marker. */
  void misled() {
    misleading = true;
    consistent = 0;
  }

  /**
   * A picture ended where the timestamp changed.
   *
   * @param slices that it had
   * @param markers that its packets had
   * @param atEnd whether its last packet had one
   */
  void ended(int slices, int markers, boolean atEnd) {
    if (misleading && slices > 1) {
      consistent = markers == 1 && atEnd ? consistent + 1 : 0;
      misleading = consistent < CONVINCING;
    }
  }
}
