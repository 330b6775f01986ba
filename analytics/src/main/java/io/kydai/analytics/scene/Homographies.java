package io.kydai.analytics.scene;

import java.util.List;

/**
 * Finds the matrix from the picture to the ground: the direct linear transform in least squares
 * with both sides normalised (Hartley, "In defense of the eight-point algorithm", 1997; Hartley and
 * Zisserman, algorithm 4.2).
 */
final class Homographies {
  private static final double DEGENERATE = 1e-7;
  private static final int SWEEPS = 60;

  private Homographies() {}

  /**
   * @return three rows of three
   * @throws IllegalArgumentException when the places do not determine it
   */
  static double[] fit(List<Point> image, List<GroundPoint> ground) {
    Norm from = Norm.of(image.stream().mapToDouble(Point::x).toArray(), ys(image));
    Norm to =
        Norm.of(
            ground.stream().mapToDouble(GroundPoint::x).toArray(),
            ground.stream().mapToDouble(GroundPoint::y).toArray());
    double[][] normal = new double[9][9];
    for (int i = 0; i < image.size(); i++) {
      double x = from.x(image.get(i).x());
      double y = from.y(image.get(i).y());
      double gx = to.x(ground.get(i).x());
      double gy = to.y(ground.get(i).y());
      add(normal, new double[] {x, y, 1, 0, 0, 0, -gx * x, -gx * y, -gx});
      add(normal, new double[] {0, 0, 0, x, y, 1, -gy * x, -gy * y, -gy});
    }
    double[][] vectors = eigenvectors(normal);
    int least = 0;
    int second = 1;
    double most = 0;
    for (int i = 0; i < 9; i++) {
      most = Math.max(most, normal[i][i]);
      if (normal[i][i] < normal[least][least]) {
        second = least;
        least = i;
      } else if (i != least && (second == least || normal[i][i] < normal[second][second])) {
        second = i;
      }
    }
    if (normal[second][second] < DEGENERATE * most) {
      throw new IllegalArgumentException(
          "the points do not determine the ground: at least four of them are needed of which no"
              + " three lie on a line");
    }
    double[] h = new double[9];
    for (int i = 0; i < 9; i++) {
      h[i] = vectors[i][least];
    }
    return times(to.inverse(), times(h, from.matrix()));
  }

  private static double[] ys(List<Point> image) {
    return image.stream().mapToDouble(Point::y).toArray();
  }

  private static void add(double[][] normal, double[] row) {
    for (int i = 0; i < 9; i++) {
      for (int j = 0; j < 9; j++) {
        normal[i][j] += row[i] * row[j];
      }
    }
  }

  /** Jacobi's rotations: leaves the eigenvalues on the diagonal; column i belongs to the i-th. */
  private static double[][] eigenvectors(double[][] a) {
    int n = a.length;
    double[][] v = new double[n][n];
    for (int i = 0; i < n; i++) {
      v[i][i] = 1;
    }
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          if (a[p][q] != 0) {
            rotate(a, v, p, q);
          }
        }
      }
    }
    return v;
  }

  private static void rotate(double[][] a, double[][] v, int p, int q) {
    double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
    if (t == 0 || Double.isNaN(t)) {
      a[p][q] = 0; // far below the precision of the diagonal
      a[q][p] = 0;
      return;
    }
    double c = 1 / Math.sqrt(t * t + 1);
    double s = t * c;
    for (int k = 0; k < a.length; k++) {
      double kp = a[k][p];
      double kq = a[k][q];
      a[k][p] = c * kp - s * kq;
      a[k][q] = s * kp + c * kq;
    }
    for (int k = 0; k < a.length; k++) {
      double pk = a[p][k];
      double qk = a[q][k];
      a[p][k] = c * pk - s * qk;
      a[q][k] = s * pk + c * qk;
      double kp = v[k][p];
      double kq = v[k][q];
      v[k][p] = c * kp - s * kq;
      v[k][q] = s * kp + c * kq;
    }
  }

  private static double[] times(double[] a, double[] b) {
    double[] product = new double[9];
    for (int i = 0; i < 9; i++) {
      for (int k = 0; k < 3; k++) {
        product[i] += a[i / 3 * 3 + k] * b[k * 3 + i % 3];
      }
    }
    return product;
  }

  /** Moves the middle to the origin, and the mean distance from it to √2. */
  private record Norm(double cx, double cy, double scale) {
    static Norm of(double[] x, double[] y) {
      double cx = 0;
      double cy = 0;
      for (int i = 0; i < x.length; i++) {
        cx += x[i] / x.length;
        cy += y[i] / x.length;
      }
      double mean = 0;
      for (int i = 0; i < x.length; i++) {
        mean += Math.hypot(x[i] - cx, y[i] - cy) / x.length;
      }
      if (mean < 1e-9) {
        throw new IllegalArgumentException("the points are all at one place");
      }
      return new Norm(cx, cy, Math.sqrt(2) / mean);
    }

    double x(double value) {
      return (value - cx) * scale;
    }

    double y(double value) {
      return (value - cy) * scale;
    }

    double[] matrix() {
      return new double[] {scale, 0, -cx * scale, 0, scale, -cy * scale, 0, 0, 1};
    }

    double[] inverse() {
      return new double[] {1 / scale, 0, cx, 0, 1 / scale, cy, 0, 0, 1};
    }
  }
}
