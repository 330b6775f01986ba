package io.kydai.models.detection;

import io.kydai.models.CocoLabels;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.SharedData;
import io.kydai.models.head.YoloxHead;
import io.kydai.models.onnx.CatalogueEntry;
import io.kydai.models.onnx.ModelFile;
import io.kydai.models.onnx.OnnxDetectorModel;
import java.util.OptionalDouble;
import java.util.function.BiFunction;

/**
 * What another program measured on the shared data's 128 pictures of COCO (its {@code MODELS.md}),
 * in per cent: scores of 0.01 and more, suppression class by class at 0.6, 100 boxes.
 */
public enum CocoReference {
  SQUARE(416, 416, 29.0, 43.9),
  LIGHT(448, 256, 25.0, 39.2),
  DEFAULT(640, 352, 22.8, 38.5),
  QUALITY(768, 448, 23.6, 39.4),
  LIGHT_INT8(448, 256, 25.3),
  DEFAULT_INT8(640, 352, 22.5),
  QUALITY_INT8(768, 448, 22.9),
  YOLOX(416, 416, 33.9, 49.4);

  public static final float MIN_SCORE = 0.01f;

  private final InputSize input;
  private final double map;
  private final OptionalDouble map50;
  private final Precision precision;

  CocoReference(int width, int height, double map, double map50) {
    input = new InputSize(width, height);
    this.map = map;
    this.map50 = OptionalDouble.of(map50);
    this.precision = Precision.FP32;
  }

  /** In int8, of which only the mAP was measured. */
  CocoReference(int width, int height, double map) {
    input = new InputSize(width, height);
    this.map = map;
    this.map50 = OptionalDouble.empty();
    this.precision = Precision.INT8;
  }

  public double map() {
    return map;
  }

  /** At an overlap of 0.5; empty where the other program did not measure it. */
  public OptionalDouble map50() {
    return map50;
  }

  /**
   * How far our mAP50 may be from the reference's. YOLOX-nano's goes up and down by a point with
   * the filter that scales pictures and with whether their sides are even, as ours are; computed
   * with NumPy and pycocotools on pictures placed like ours it is 50.1, which is ours.
   */
  double tolerance() {
    return this == YOLOX ? 1.0 : 0.5;
  }

  /**
   * Returns how far the mAP measured here may be from the reference, in per cent. In int8, rounding
   * alone moves it by half a point on 128 pictures: with scales in double precision instead of
   * single, it is 24.2 at 448x256 in place of 24.8.
   */
  double mapTolerance() {
    return precision == Precision.INT8 ? 1.0 : 0.5;
  }

  /** How the reference put pictures into the input: NanoDet's stretched, YOLOX's letterboxed. */
  public BiFunction<Picture, InputSize, Letterbox> placing() {
    return this == YOLOX ? Picture::cornered : Picture::stretched;
  }

  public DetectorModel load(Device device) {
    DetectorSettings settings =
        new DetectorSettings("default", input, device, precision, MIN_SCORE, 1);
    return this == YOLOX ? yolox(settings) : DetectorCatalogue.load(settings);
  }

  private DetectorModel yolox(DetectorSettings settings) {
    ModelFile file = ModelFile.at(SharedData.require("models/ref_yolox_nano_416.onnx"));
    return OnnxDetectorModel.load(
        new CatalogueEntry("yolox-nano", file, input, new YoloxHead(CocoLabels.NAMES)), settings);
  }
}
