package io.kydai.analytics.scene;

/**
 * A straight piece of lane whose size is known.
 *
 * @param left the lane's left edge, from near to far
 * @param right its right edge, from near to far; where on the edge its ends are does not matter
 * @param width of the lane in metres, 1 to 100
 * @param length from end to end of the left edge in metres, 1 to 1,000
 * @param aspect the picture's width divided by its height, 0.2 to 5
 */
public record LaneMarks(Arrow left, Arrow right, double width, double length, double aspect) {
  /**
   * @throws IllegalArgumentException when a size is out of its range
   */
  public LaneMarks {
    range("width", width, 1, 100);
    range("length", length, 1, 1000);
    range("aspect", aspect, 0.2, 5);
  }

  /**
   * The matrix from the picture to metres across (x, from the left edge) and along (y, from the
   * near end of the left edge).
   *
   * <p>For a camera that is not rolled, with square pixels and its axis in the middle of the
   * picture, everything follows: the edges meet on the horizon, at (p, h) from the middle. With s =
   * u / (v - h) and r = 1 / (v - h), ground places are A·s across the view and A·q·r along it, q
   * being the distance from the lens to the horizon's middle. Width and length give A and q; of the
   * two solutions the one with the lane less than 45° off the view is taken.
   */
  double[] matrix() {
    Point meeting = meeting();
    double p = meeting.x();
    double h = meeting.y();
    double near = 1 / (v(left.from()) - h);
    double far = 1 / (v(left.to()) - h);
    if (!(near > 0 && far > near && v(right.from()) > h && v(right.to()) > h)) {
      throw new IllegalArgumentException(
          "the lane's edges do not meet above the lane as those of a road that goes away from the"
              + " camera do; give each edge from near to far");
    }
    // u = p + k (v - h) along an edge
    double leftK = (u(left.from()) - p) * near;
    double rightK = (u(right.from()) - p) / (v(right.from()) - h);
    double across = rightK - leftK;
    if (!(across > 1e-6)) {
      throw new IllegalArgumentException("the lane's right edge is not to the right of its left");
    }
    double c = length * across / (width * (far - near));
    double root = c * c - 4 * p * p;
    double q = root < 0 ? 0 : (c + Math.sqrt(root)) / 2;
    if (!(q > Math.abs(h) && q > Math.abs(p))) {
      throw new IllegalArgumentException(
          "the lane's width and length do not fit its picture: no level camera sees it like that;"
              + " check them, or give four points");
    }
    double z = Math.hypot(q, p);
    double a = width * z / (across * q);
    // Turned so that y goes along the lane, with the near end of the left edge at the origin.
    double originAcross = a * (q / z * u(left.from()) - p / z * q) * near;
    double originAlong = a * (p / z * u(left.from()) + q / z * q) * near;
    double middle = 0.5 + h;
    double[] x = row(a * q / z, -a * p / z * q, middle, originAcross);
    double[] y = row(a * p / z, a * q / z * q, middle, originAlong);
    return new double[] {x[0], x[1], x[2], y[0], y[1], y[2], 0, 1, -middle};
  }

  /** Of (perU · u + constant) / (v - h) - origin over the picture's own coordinates. */
  private double[] row(double perU, double constant, double middle, double origin) {
    return new double[] {
      perU * aspect, -origin, constant - perU * aspect / 2 + origin * middle,
    };
  }

  private Point meeting() {
    double ax = u(left.from());
    double ay = v(left.from());
    double dx = u(left.to()) - ax;
    double dy = v(left.to()) - ay;
    double ex = u(right.to()) - u(right.from());
    double ey = v(right.to()) - v(right.from());
    double cross = dx * ey - dy * ex;
    if (Math.abs(cross) < 1e-6) {
      throw new IllegalArgumentException(
          "the lane's edges are parallel on the picture; give four points instead");
    }
    double t = ((u(right.from()) - ax) * ey - (v(right.from()) - ay) * ex) / cross;
    return new Point(ax + t * dx, ay + t * dy);
  }

  private double u(Point point) {
    return (point.x() - 0.5) * aspect;
  }

  private static double v(Point point) {
    return point.y() - 0.5;
  }

  private static void range(String what, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          "the lane's " + what + " should be from " + least + " to " + most + ", not " + value);
    }
  }
}
