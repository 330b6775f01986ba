package io.kydai.analytics.flow;

import io.kydai.analytics.scene.Point;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The outline of cells that hang together by their sides and have no holes, as a polygon of few
 * corners. The middles of the boundary's sides are joined, and then the corner that spans the least
 * area with its neighbours is left out, again and again (M. Visvalingam, J. D. Whyatt: Line
 * generalisation by repeated elimination of points, Cartographic Journal 30, 1993), but never so
 * that the polygon would cross itself.
 */
final class Outline {
  /** In cells; what spans less is no corner. */
  private static final double LEAST_AREA = 0.75;

  // Right, down, left, up.
  private static final int[] STEP_X = {1, 0, -1, 0};
  private static final int[] STEP_Y = {0, 1, 0, -1};

  private Outline() {}

  /**
   * @param corners at most so many, at least 4
   * @return normalised, clockwise on the picture
   */
  static List<Point> of(BitSet cells, int corners) {
    List<double[]> outline = trace(cells);
    simplify(outline, corners);
    return outline.stream()
        .map(at -> new Point(rounded(at[0] / FlowGrid.COLUMNS), rounded(at[1] / FlowGrid.ROWS)))
        .toList();
  }

  static double rounded(double value) {
    return Math.round(Math.max(0, Math.min(1, value)) * 10_000) / 10_000.0;
  }

  /** Once round along the cells' sides, the cells to the right hand. */
  private static List<double[]> trace(BitSet cells) {
    int first = cells.nextSetBit(0);
    int startX = first % FlowGrid.COLUMNS;
    int startY = first / FlowGrid.COLUMNS;
    int x = startX;
    int y = startY;
    int heading = 0;
    List<double[]> middles = new ArrayList<>();
    do {
      middles.add(new double[] {x + STEP_X[heading] / 2.0, y + STEP_Y[heading] / 2.0});
      x += STEP_X[heading];
      y += STEP_Y[heading];
      // Where two cells meet by a corner only, the turn to the right stays with the same cell.
      for (int turn : new int[] {1, 0, 3}) {
        int next = (heading + turn) % 4;
        if (isSide(cells, x, y, next)) {
          heading = next;
          break;
        }
      }
    } while (x != startX || y != startY || heading != 0);
    return middles;
  }

  /**
   * Returns whether a cell lies to the right of a step from a lattice point, and none to its left.
   */
  private static boolean isSide(BitSet cells, int x, int y, int heading) {
    return switch (heading) {
      case 0 -> has(cells, x, y) && !has(cells, x, y - 1);
      case 1 -> has(cells, x - 1, y) && !has(cells, x, y);
      case 2 -> has(cells, x - 1, y - 1) && !has(cells, x - 1, y);
      default -> has(cells, x, y - 1) && !has(cells, x - 1, y - 1);
    };
  }

  private static boolean has(BitSet cells, int x, int y) {
    return x >= 0
        && y >= 0
        && x < FlowGrid.COLUMNS
        && y < FlowGrid.ROWS
        && cells.get(y * FlowGrid.COLUMNS + x);
  }

  private static void simplify(List<double[]> outline, int corners) {
    while (outline.size() > 4) {
      int least = -1;
      double leastArea = outline.size() > corners ? Double.MAX_VALUE : LEAST_AREA;
      for (int i = 0; i < outline.size(); i++) {
        double area = Math.abs(cross(at(outline, i - 1), at(outline, i), at(outline, i + 1))) / 2;
        if (area < leastArea && mayGo(outline, i)) {
          least = i;
          leastArea = area;
        }
      }
      if (least < 0) {
        return;
      }
      outline.remove(least);
    }
  }

  /** Returns whether the polygon stays one without a corner: no edge may touch the new one. */
  private static boolean mayGo(List<double[]> outline, int i) {
    double[] from = at(outline, i - 1);
    double[] to = at(outline, i + 1);
    if (turnsBack(at(outline, i - 2), from, to) || turnsBack(from, to, at(outline, i + 2))) {
      return false;
    }
    for (int j = i + 2; j < i + outline.size() - 2; j++) {
      if (touch(from, to, at(outline, j), at(outline, j + 1))) {
        return false;
      }
    }
    return true;
  }

  private static boolean turnsBack(double[] a, double[] b, double[] c) {
    double forward = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]);
    return Math.abs(cross(a, b, c)) < 1e-9 && forward < 0;
  }

  private static boolean touch(double[] a, double[] b, double[] c, double[] d) {
    return cross(a, b, c) * cross(a, b, d) <= 1e-9
        && cross(c, d, a) * cross(c, d, b) <= 1e-9
        && overlap(a[0], b[0], c[0], d[0])
        && overlap(a[1], b[1], c[1], d[1]);
  }

  private static boolean overlap(double a, double b, double c, double d) {
    return Math.max(Math.min(a, b), Math.min(c, d)) <= Math.min(Math.max(a, b), Math.max(c, d));
  }

  private static double cross(double[] a, double[] b, double[] c) {
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
  }

  private static double[] at(List<double[]> outline, int i) {
    return outline.get(Math.floorMod(i, outline.size()));
  }
}
