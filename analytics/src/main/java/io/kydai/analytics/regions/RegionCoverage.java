package io.kydai.analytics.regions;

import io.kydai.analytics.tracking.Coverage;
import io.kydai.models.detection.InputSize;
import java.util.List;

/**
 * Where a frame was looked at closely enough, when the whole of it was looked at and some regions
 * more closely: everywhere, but not at what is small in a far zone outside of these regions.
 *
 * @param input the whole picture's
 * @param width of the picture in pixels
 * @param height of the picture in pixels
 */
public record RegionCoverage(
    FarZones far, InputSize input, int width, int height, List<RegionView> close)
    implements Coverage {
  // Mean side of a box in the input's pixels from which networks miss little.
  private static final double SEEN_FROM = 20;
  private static final double WELL_WITHIN = 0.9;

  public RegionCoverage {
    close = List.copyOf(close);
  }

  @Override
  public boolean at(double left, double top, double boxWidth, double boxHeight) {
    double scale = Math.min((double) input.width() / width, (double) input.height() / height);
    if (Math.sqrt(boxWidth * boxHeight) * scale >= SEEN_FROM
        || !far.contain((left + boxWidth / 2) / width, (top + boxHeight / 2) / height)) {
      return true;
    }
    for (RegionView view : close) {
      if (view.region().covers(left, top, boxWidth, boxHeight) >= WELL_WITHIN) {
        return true;
      }
    }
    return false;
  }
}
