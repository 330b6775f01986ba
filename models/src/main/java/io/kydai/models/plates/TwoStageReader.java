package io.kydai.models.plates;

import ai.djl.inference.Predictor;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.ModelException;
import io.kydai.models.onnx.TensorNetwork;
import io.kydai.models.onnx.TensorNetwork.Tensor;
import io.kydai.models.plates.TextAreas.Area;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A plate reader in two stages: text detection, and recognition of each text. Two lines one above
 * the other are also reported as the text of one two-line plate.
 */
final class TwoStageReader implements PlateReader {
  private static final int MIN_SIDE = 8;
  private static final int MAX_SIDE = 8192;

  /**
   * The longer side of the text detector's input in pixels, at which a plate with a twentieth of
   * the picture's width is still found.
   */
  private static final int DETECTOR_SIDE = 640;

  private static final float[] DETECTOR_MEAN = {123.675f, 116.28f, 103.53f};
  private static final float[] DETECTOR_DEVIATION = {58.395f, 57.12f, 57.375f};

  private static final int LINE_HEIGHT = 48;
  private static final int LINE_WIDTH = 320;
  private static final float[] LINE_MEAN = {127.5f, 127.5f, 127.5f};

  private static final int MIN_LENGTH = 4;
  private static final int MAX_LENGTH = 12;

  private final TensorNetwork detector;
  private final TensorNetwork recogniser;
  private final CtcDecoder decoder;
  private final Predictor<Tensor, List<Tensor>> detection;
  private final Predictor<Tensor, List<Tensor>> recognition;

  TwoStageReader(TensorNetwork detector, TensorNetwork recogniser, CtcDecoder decoder) {
    this.detector = detector;
    this.recogniser = recogniser;
    this.decoder = decoder;
    detection = detector.newPredictor();
    recognition = recogniser.newPredictor();
  }

  /** A line of text and its box in pixels of the picture. */
  private record Line(CtcDecoder.Text text, Area area) {}

  @Override
  public List<PlateReading> read(ByteBuffer pixels, int width, int height) {
    if (Math.min(width, height) < MIN_SIDE || Math.max(width, height) > MAX_SIDE) {
      throw new IllegalArgumentException(
          "width and height must be "
              + MIN_SIDE
              + " to "
              + MAX_SIDE
              + " pixels, not "
              + width
              + "x"
              + height);
    }
    if (pixels.remaining() < 3 * width * height) {
      throw new IllegalArgumentException(
          3 * width * height + " bytes of pixels are needed, not " + pixels.remaining());
    }
    PlateImage picture = PlateImage.copy(pixels, width, height);
    List<Line> lines = new ArrayList<>();
    for (Area area : areas(picture)) {
      CtcDecoder.Text text =
          line(picture.part(area.left(), area.top(), area.right(), area.bottom()));
      if (!text.text().isEmpty()) {
        lines.add(new Line(text, area));
      }
    }
    return readings(lines, picture);
  }

  private List<Area> areas(PlateImage picture) {
    double scale = (double) DETECTOR_SIDE / Math.max(picture.width(), picture.height());
    int width = multipleOf32(picture.width() * scale);
    int height = multipleOf32(picture.height() * scale);
    float[] input = picture.scaled(width, height).planes(width, DETECTOR_MEAN, DETECTOR_DEVIATION);
    Tensor map = detector.run(detection, new Tensor(input, 1, 3, height, width)).get(0);
    if (map.numbers().length != width * height) {
      throw new ModelException(
          "the text detector's output has "
              + map.numbers().length
              + " elements, not "
              + width * height);
    }
    double across = (double) picture.width() / width;
    double down = (double) picture.height() / height;
    return TextAreas.of(map.numbers(), width, height).stream()
        .map(
            area ->
                new Area(
                    (int) Math.floor(area.left() * across),
                    (int) Math.floor(area.top() * down),
                    (int) Math.ceil(area.right() * across),
                    (int) Math.ceil(area.bottom() * down)))
        .toList();
  }

  private static int multipleOf32(double side) {
    return Math.max(32, (int) Math.round(side / 32) * 32);
  }

  /**
   * Reads one line of text; a short one is padded to the width for which the network was trained.
   */
  CtcDecoder.Text line(PlateImage part) {
    int width =
        Math.max(LINE_HEIGHT / 2, Math.round((float) LINE_HEIGHT * part.width() / part.height()));
    int shown = Math.min(width, 4 * LINE_WIDTH);
    int padded = Math.max(LINE_WIDTH, shown);
    float[] input = part.scaled(shown, LINE_HEIGHT).planes(padded, LINE_MEAN, LINE_MEAN);
    Tensor output =
        recogniser.run(recognition, new Tensor(input, 1, 3, LINE_HEIGHT, padded)).get(0);
    long[] shape = output.shape();
    if (shape.length != 3 || !decoder.fits(shape[1], shape[2])) {
      throw new ModelException("the text recogniser's output does not fit its alphabet");
    }
    return decoder.read(output.numbers(), (int) shape[1], (int) shape[2]);
  }

  private static List<PlateReading> readings(List<Line> lines, PlateImage picture) {
    List<PlateReading> readings = new ArrayList<>();
    for (Line line : lines) {
      reading(List.of(line), picture).ifPresent(readings::add);
      for (Line other : lines) {
        if (standsAbove(line.area, other.area)) {
          reading(List.of(line, other), picture).ifPresent(readings::add);
        }
      }
    }
    readings.sort(Comparator.comparingDouble(reading -> -reading.probability()));
    return List.copyOf(readings.subList(0, Math.min(TextAreas.MAX_AREAS, readings.size())));
  }

  /** Returns whether two lines have similar heights and one is directly above the other. */
  private static boolean standsAbove(Area upper, Area lower) {
    int overlap = Math.min(upper.right(), lower.right()) - Math.max(upper.left(), lower.left());
    int narrower = Math.min(upper.width(), lower.width());
    int lineHeight = Math.max(upper.height(), lower.height());
    int gap = lower.top() - upper.bottom();
    return upper != lower
        && 2 * overlap > narrower
        && 2 * Math.min(upper.height(), lower.height()) > lineHeight
        && lower.top() > upper.top() + lineHeight / 2
        && gap < lineHeight / 2;
  }

  private static Optional<PlateReading> reading(List<Line> lines, PlateImage picture) {
    StringBuilder text = new StringBuilder();
    List<Float> probabilities = new ArrayList<>();
    int left = picture.width();
    int top = picture.height();
    int right = 0;
    int bottom = 0;
    for (Line line : lines) {
      text.append(line.text.text());
      probabilities.addAll(line.text.probabilities());
      left = Math.min(left, line.area.left());
      top = Math.min(top, line.area.top());
      right = Math.max(right, line.area.right());
      bottom = Math.max(bottom, line.area.bottom());
    }
    if (text.length() < MIN_LENGTH || text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    Box box =
        new Box(
            (float) left / picture.width(),
            (float) top / picture.height(),
            (float) right / picture.width(),
            (float) bottom / picture.height());
    return Optional.of(new PlateReading(text.toString(), probabilities, lines.size(), box));
  }

  @Override
  public void close() {
    detection.close();
    recognition.close();
  }
}
