package io.kydai.streaming.annotation;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.kydai.analytics.flow.FlowGrid;
import io.kydai.analytics.flow.LaneSuggestion;
import io.kydai.analytics.flow.Quantity;
import io.kydai.analytics.flow.RoadUser;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.scene.Arrow;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A picture of a flow grid in colours, over a frame or on a transparent ground, as PNG of at most
 * {@value #MOST_WIDTH} pixels' width. Between the middles of cells the values are interpolated. The
 * scale is logarithmic, since a road has a hundred times the traffic of its verge and both are of
 * interest; it ends at the busiest cell, and not below one track, or five seconds.
 *
 * <p>Owns a copy of the frame. For one thread.
 */
public final class HeatMap implements AutoCloseable {
  private static final int MOST_WIDTH = 1280;
  private static final int BARE_WIDTH = 640;
  private static final double LEAST_PASSES = 1;
  private static final double LEAST_SECONDS = 5;
  private static final double MOST_COVER = 0.75;

  /** The colours of the scale from 0 to 1: violet, red, orange, light yellow; 0xRRGGBB. */
  private static final int[] RAMP = {0x3b1c8c, 0x8f2c9e, 0xd94a5c, 0xf59a3c, 0xfdf1a0};

  private final AnnotatedPicture copy = new AnnotatedPicture();
  private final Mat picture = new Mat();
  private boolean known;

  /** Copies a borrowed frame, over which the next maps are drawn. */
  public void over(Frame frame) {
    Mat whole = copy.fill(frame);
    if (whole.cols() > MOST_WIDTH) {
      try (Size size =
          new Size(MOST_WIDTH, Math.max(1, whole.rows() * MOST_WIDTH / whole.cols()))) {
        resize(whole, picture, size, 0, 0, INTER_AREA);
      }
    } else {
      whole.copyTo(picture);
    }
    known = true;
  }

  /**
   * Draws the map over the last frame that was given, or on a transparent ground without one.
   *
   * @param lanes to be outlined, with their directions, lines and how much supports them
   * @return the bytes of a PNG
   */
  public byte[] png(
      FlowGrid grid, Quantity quantity, Set<RoadUser> users, List<LaneSuggestion> lanes) {
    if (!known) {
      return bare(grid, quantity, users);
    }
    try (Mat drawn = picture.clone()) {
      paint(drawn, 3, heat(grid, quantity, users));
      Canvas canvas = new Canvas(drawn);
      lanes.forEach(lane -> outline(canvas, lane));
      return png(drawn);
    }
  }

  private static byte[] bare(FlowGrid grid, Quantity quantity, Set<RoadUser> users) {
    int height = Math.max(1, (int) Math.round(BARE_WIDTH / grid.aspect()));
    try (Mat drawn = new Mat(height, BARE_WIDTH, CV_8UC4)) {
      paint(drawn, 4, heat(grid, quantity, users));
      return png(drawn);
    }
  }

  private static void outline(Canvas canvas, LaneSuggestion lane) {
    canvas.polygon(lane.zone().polygon(), Palette.ZONE);
    canvas.segment(lane.line().from(), lane.line().to(), Palette.LINE);
    Arrow way = lane.zone().direction();
    if (way != null) {
      canvas.arrow(way.from(), way.to(), Palette.PAPER);
    }
    String text =
        String.format(
            Locale.ROOT, "%s  %.0f  %.2f", lane.zone().id(), lane.tracks(), lane.confidence());
    canvas.plate(text, lane.line().to().x(), lane.line().to().y(), Palette.ZONE);
  }

  /** The value of each cell on the scale, 0..1, in the order of the grid. */
  private static float[] heat(FlowGrid grid, Quantity quantity, Set<RoadUser> users) {
    double most = quantity == Quantity.PASSES ? LEAST_PASSES : LEAST_SECONDS;
    for (int cell = 0; cell < FlowGrid.CELLS; cell++) {
      most = Math.max(most, grid.heat(quantity, users, cell));
    }
    float[] heat = new float[FlowGrid.CELLS];
    for (int cell = 0; cell < FlowGrid.CELLS; cell++) {
      heat[cell] = (float) (Math.log1p(grid.heat(quantity, users, cell)) / Math.log1p(most));
    }
    return heat;
  }

  private static void paint(Mat mat, int channels, float[] heat) {
    ByteBuffer pixels = mat.createBuffer();
    byte[] row = new byte[mat.cols() * channels];
    for (int y = 0; y < mat.rows(); y++) {
      pixels.position(y * row.length);
      pixels.get(row);
      for (int x = 0; x < mat.cols(); x++) {
        double value = between(heat, (x + 0.5) / mat.cols(), (y + 0.5) / mat.rows());
        double cover = MOST_COVER * Math.min(1, value * 2.5);
        for (int channel = 0; channel < 3; channel++) {
          int i = x * channels + channel;
          double below = channels == 3 ? row[i] & 0xff : 0;
          double above = colour(value, channel);
          double mixed = channels == 3 ? below + cover * (above - below) : above;
          row[i] = (byte) Math.round(mixed);
        }
        if (channels == 4) {
          row[x * channels + 3] = (byte) Math.round(255 * cover);
        }
      }
      pixels.position(y * row.length);
      pixels.put(row);
    }
  }

  /** The value at a place of the picture, 0..1, interpolated between the middles of cells. */
  private static double between(float[] heat, double x, double y) {
    double column = Math.max(0, Math.min(FlowGrid.COLUMNS - 1, x * FlowGrid.COLUMNS - 0.5));
    double row = Math.max(0, Math.min(FlowGrid.ROWS - 1, y * FlowGrid.ROWS - 0.5));
    int left = Math.min(FlowGrid.COLUMNS - 2, (int) column);
    int top = Math.min(FlowGrid.ROWS - 2, (int) row);
    double u = column - left;
    double v = row - top;
    int at = top * FlowGrid.COLUMNS + left;
    double above = heat[at] * (1 - u) + heat[at + 1] * u;
    double below = heat[at + FlowGrid.COLUMNS] * (1 - u) + heat[at + FlowGrid.COLUMNS + 1] * u;
    return above * (1 - v) + below * v;
  }

  /**
   * One channel of a value's colour, 0..255.
   *
   * @param channel 0 blue, 1 green, 2 red
   */
  private static double colour(double value, int channel) {
    double place = Math.max(0, Math.min(1, value)) * (RAMP.length - 1);
    int lower = Math.min(RAMP.length - 2, (int) place);
    double part = place - lower;
    int shift = 8 * channel;
    return (RAMP[lower] >> shift & 0xff) * (1 - part) + (RAMP[lower + 1] >> shift & 0xff) * part;
  }

  private static byte[] png(Mat mat) {
    try (BytePointer bytes = new BytePointer()) {
      if (!imencode(".png", mat, bytes)) {
        throw new IllegalStateException(
            "OpenCV did not encode a PNG of " + mat.cols() + " x " + mat.rows());
      }
      byte[] png = new byte[Math.toIntExact(bytes.limit())];
      bytes.get(png);
      return png;
    }
  }

  @Override
  public void close() {
    picture.close();
    copy.close();
  }
}
