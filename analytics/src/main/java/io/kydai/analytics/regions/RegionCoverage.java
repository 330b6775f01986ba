package io.kydai.analytics.regions;

import io.kydai.analytics.tracking.Coverage;
import io.kydai.models.detection.InputSize;
import java.util.List;

/**
 * Where a frame was looked at closely enough, when the whole of it was looked at and some regions
 * more closely: everywhere, but not at what is small in a far zone outside of these regions.
 *
 * @param input the whole picture's
 */
public record RegionCoverage(
    FarZones far, InputSize input, PictureGeometry picture, List<RegionView> close)
    implements Coverage {
  // Mean side of a box in the input's pixels from which networks miss little.
  private static final double SEEN_FROM = 20;
  private static final double WELL_WITHIN = 0.9;

  public RegionCoverage {
    close = List.copyOf(close);
  }

  /** As the tracker, it is given square pixels. */
  @Override
  public boolean at(double left, double top, double boxWidth, double boxHeight) {
    double x = (left + boxWidth / 2) / picture.displayWidth();
    double y = (top + boxHeight / 2) / picture.displayHeight();
    if (Math.sqrt(boxWidth * boxHeight) * picture.scale(input) >= SEEN_FROM || !far.contain(x, y)) {
      return true;
    }
    double columns = picture.columns();
    double rows = picture.rows();
    for (RegionView view : close) {
      if (view.region().covers(left * columns, top * rows, boxWidth * columns, boxHeight * rows)
          >= WELL_WITHIN) {
        return true;
      }
    }
    return false;
  }
}
