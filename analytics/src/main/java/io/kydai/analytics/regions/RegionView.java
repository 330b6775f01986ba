package io.kydai.analytics.regions;

import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.util.ArrayList;
import java.util.List;

/**
 * A region of a camera's picture that is looked at as if it were all of it.
 *
 * @param pictureWidth in pixels
 * @param pictureHeight in pixels
 */
public record RegionView(int pictureWidth, int pictureHeight, Region region) {
  // A box may end somewhat before the edge that cuts its object.
  private static final double CUT_PIXELS = 3;
  private static final double CUT_PART = 0.04;

  /**
   * @throws IllegalArgumentException when the region is not within the picture
   */
  public RegionView {
    if (region.right() > pictureWidth || region.bottom() > pictureHeight) {
      throw new IllegalArgumentException(
          region + " is not within " + pictureWidth + "x" + pictureHeight);
    }
  }

  /**
   * What was seen in the region, as seen in the picture. Left out is what an edge of the region
   * cuts, unless the picture ends there, too: the whole view has seen it better.
   *
   * @param found boxes are normalised to the region
   * @return boxes are normalised to the picture, in the same order
   */
  public List<Detection> toPicture(List<Detection> found) {
    List<Detection> there = new ArrayList<>(found.size());
    for (Detection detection : found) {
      if (!cut(detection.box())) {
        there.add(new Detection(detection.label(), detection.score(), toPicture(detection.box())));
      }
    }
    return there;
  }

  private boolean cut(Box box) {
    double x = CUT_PIXELS / region.width() + CUT_PART * box.width();
    double y = CUT_PIXELS / region.height() + CUT_PART * box.height();
    return region.left() > 0 && box.left() < x
        || region.top() > 0 && box.top() < y
        || region.right() < pictureWidth && box.right() > 1 - x
        || region.bottom() < pictureHeight && box.bottom() > 1 - y;
  }

  private Box toPicture(Box box) {
    return new Box(
        (region.left() + box.left() * region.width()) / pictureWidth,
        (region.top() + box.top() * region.height()) / pictureHeight,
        (region.left() + box.right() * region.width()) / pictureWidth,
        (region.top() + box.bottom() * region.height()) / pictureHeight);
  }
}
