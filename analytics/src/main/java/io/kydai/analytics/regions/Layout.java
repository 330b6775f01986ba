package io.kydai.analytics.regions;

import io.kydai.models.InputSize;
import java.util.ArrayList;
import java.util.List;

/** How a network's input is shared by regions: columns and rows of equal places. */
public enum Layout {
  ONE(1, 1),
  BESIDE(2, 1),
  ABOVE(1, 2),
  FOUR(2, 2);

  private static final int GUTTER = 16; // pixels of grey, so that neighbours are not one object

  private final int columns;
  private final int rows;

  Layout(int columns, int rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /** In pixels of the input. */
  record Place(int left, int top, int width, int height) {}

  List<Place> places(InputSize input) {
    int width = (input.width() - (columns - 1) * GUTTER) / columns & ~1;
    int height = (input.height() - (rows - 1) * GUTTER) / rows & ~1;
    List<Place> places = new ArrayList<>();
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        places.add(new Place(x * (width + GUTTER), y * (height + GUTTER), width, height));
      }
    }
    return places;
  }
}
