package io.kydai.analytics.regions;

import io.kydai.models.Box;
import io.kydai.models.Detection;
import io.kydai.models.InputSize;
import io.kydai.models.Letterbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one inference looks at: parts of a camera's picture, packed into the network's input.
 *
 * @param pictureWidth in pixels
 * @param pictureHeight in pixels
 * @param tiles the parts, which do not overlap in the input
 */
public record View(InputSize input, int pictureWidth, int pictureHeight, List<Tile> tiles) {
  // A box ends somewhat before the edge that cuts its object.
  private static final double CUT_PIXELS = 3;
  private static final double CUT_PART = 0.04;

  /**
   * @throws IllegalArgumentException when a tile reaches out of the picture or the input
   */
  public View {
    tiles = List.copyOf(tiles);
    for (Tile tile : tiles) {
      Region region = tile.region();
      if (region.right() > pictureWidth
          || region.bottom() > pictureHeight
          || tile.left() + tile.width() > input.width()
          || tile.top() + tile.height() > input.height()) {
        throw new IllegalArgumentException(
            tile + " is not within " + pictureWidth + "x" + pictureHeight + " and " + input);
      }
    }
  }

  /** The whole picture, scaled to fit. */
  public static View whole(int pictureWidth, int pictureHeight, InputSize input) {
    Letterbox place = Letterbox.fit(pictureWidth, pictureHeight, input);
    Region all = new Region(0, 0, pictureWidth, pictureHeight);
    return new View(
        input,
        pictureWidth,
        pictureHeight,
        List.of(new Tile(all, place.left(), place.top(), place.width(), place.height())));
  }

  /**
   * What was seen in the input, as seen in the picture. What a tile's edge cuts is left out, unless
   * the picture ends there.
   *
   * @param found boxes are normalised to the input
   */
  public List<Detection> toPicture(List<Detection> found) {
    List<Detection> there = new ArrayList<>(found.size());
    for (Detection detection : found) {
      toPicture(detection.box())
          .ifPresent(box -> there.add(new Detection(detection.label(), detection.score(), box)));
    }
    return there;
  }

  private Optional<Box> toPicture(Box box) {
    double left = box.left() * (double) input.width();
    double top = box.top() * (double) input.height();
    double right = box.right() * (double) input.width();
    double bottom = box.bottom() * (double) input.height();
    for (Tile tile : tiles) {
      if (tile.holds((left + right) / 2, (top + bottom) / 2)) {
        return whole(tile, left, top, right, bottom)
            ? Optional.of(toPicture(tile, left, top, right, bottom))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private boolean whole(Tile tile, double left, double top, double right, double bottom) {
    Region region = tile.region();
    double x = CUT_PIXELS + CUT_PART * (right - left);
    double y = CUT_PIXELS + CUT_PART * (bottom - top);
    return (region.left() == 0 || left >= tile.left() + x)
        && (region.top() == 0 || top >= tile.top() + y)
        && (region.right() == pictureWidth || right <= tile.left() + tile.width() - x)
        && (region.bottom() == pictureHeight || bottom <= tile.top() + tile.height() - y);
  }

  private Box toPicture(Tile tile, double left, double top, double right, double bottom) {
    return new Box(
        across(tile, Math.max(left, tile.left())),
        down(tile, Math.max(top, tile.top())),
        across(tile, Math.min(right, tile.left() + tile.width())),
        down(tile, Math.min(bottom, tile.top() + tile.height())));
  }

  private float across(Tile tile, double x) {
    Region region = tile.region();
    return (float)
        ((region.left() + (x - tile.left()) * region.width() / tile.width()) / pictureWidth);
  }

  private float down(Tile tile, double y) {
    Region region = tile.region();
    return (float)
        ((region.top() + (y - tile.top()) * region.height() / tile.height()) / pictureHeight);
  }
}
