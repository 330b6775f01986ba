package io.kydai.analytics.regions;

import io.kydai.analytics.tracking.Looked;
import java.util.List;

/** Where the views of one frame were close enough. */
public record Looks(List<View> views) implements Looked {
  // Mean side in the input's pixels from which networks miss little.
  private static final double SEEN_FROM = 20;
  private static final double WELL_WITHIN = 0.9;

  public Looks {
    views = List.copyOf(views);
  }

  @Override
  public boolean at(double left, double top, double width, double height) {
    double side = Math.sqrt(width * height);
    for (View view : views) {
      for (Tile tile : view.tiles()) {
        double scale = (double) tile.width() / tile.region().width();
        boolean whole = tile.region().width() == view.pictureWidth()
            && tile.region().height() == view.pictureHeight();
        if ((!whole || side * scale >= SEEN_FROM)
            && tile.region().covers(left, top, width, height) >= WELL_WITHIN) {
          return true;
        }
      }
    }
    return false;
  }
}
