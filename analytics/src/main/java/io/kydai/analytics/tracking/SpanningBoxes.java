package io.kydai.analytics.tracking;

/**
 * Finds boxes that are drawn around two objects: a network that sees one car half behind another,
 * or two people side by side, often gives a third box with a lower score around both.
 *
 * <p>A box spans two better ones of its class group where each lies in it to 80%, they share at
 * most half of the smaller, and the smallest box around both has an IoU of more than 0.65 with it.
 * A bus that hides cars is none: its score is mostly the higher, and two cars do not fill its box.
 */
final class SpanningBoxes {
  private static final double INSIDE = 0.8;
  private static final double APART = 0.5;
  private static final double ALIKE = 0.65;

  private SpanningBoxes() {}

  /** Returns whether a box spans two of the better detections that the frame has by now. */
  static boolean spans(
      FrameDetections better, ObjectClass kind, double x, double y, double w, double h) {
    for (int a = 0; a < better.size(); a++) {
      if (!isPart(better, a, kind, x, y, w, h)) {
        continue;
      }
      for (int b = a + 1; b < better.size(); b++) {
        if (isPart(better, b, kind, x, y, w, h)
            && areApart(better, a, b)
            && union(better, a, b, x, y, w, h) > ALIKE) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isPart(
      FrameDetections frame, int i, ObjectClass kind, double x, double y, double w, double h) {
    return frame.kind[i].group.equals(kind.group)
        && frame.shared(i, x, y, w, h) > INSIDE * frame.area(i);
  }

  private static boolean areApart(FrameDetections frame, int a, int b) {
    return frame.shared(a, frame.left[b], frame.top[b], frame.width[b], frame.height[b])
        <= APART * Math.min(frame.area(a), frame.area(b));
  }

  /** IoU of a box with the smallest one around two detections. */
  private static double union(
      FrameDetections frame, int a, int b, double x, double y, double w, double h) {
    double left = Math.min(frame.left[a], frame.left[b]);
    double top = Math.min(frame.top[a], frame.top[b]);
    double right = Math.max(frame.left[a] + frame.width[a], frame.left[b] + frame.width[b]);
    double bottom = Math.max(frame.top[a] + frame.height[a], frame.top[b] + frame.height[b]);
    return Overlap.of(left, top, right - left, bottom - top, x, y, w, h);
  }
}
