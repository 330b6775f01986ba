package io.kydai.streaming.annotation;

import java.util.Set;
import org.bytedeco.opencv.opencv_core.Scalar;

/** The colours of annotations: few, easily told apart, and not glaring in a dark control room. */
enum Palette {
  PERSON(0xf2b84b),
  TWO_WHEELER(0x4fd1c5),
  VEHICLE(0x6ea8fe),
  ANIMAL(0xa3d977),
  OTHER(0xb8c0cc),
  ZONE(0x2dd4bf),
  LINE(0xc4b5fd),
  ALERT(0xff5c5c),
  INK(0x10151c),
  PAPER(0xe6ebf2);

  private static final Set<String> TWO_WHEELERS = Set.of("bicycle", "motorcycle");
  private static final Set<String> VEHICLES = Set.of("car", "bus", "truck", "train", "boat");
  private static final Set<String> ANIMALS =
      Set.of("bird", "cat", "dog", "horse", "sheep", "cow", "elephant", "bear", "zebra", "giraffe");

  private final int rgb;

  Palette(int rgb) {
    this.rgb = rgb;
  }

  /** The colour of a class by its COCO name; {@link #OTHER} for a name that is unknown. */
  static Palette of(String label) {
    if (label.equals("person")) {
      return PERSON;
    }
    if (TWO_WHEELERS.contains(label)) {
      return TWO_WHEELER;
    }
    if (VEHICLES.contains(label)) {
      return VEHICLE;
    }
    return ANIMALS.contains(label) ? ANIMAL : OTHER;
  }

  /** The colour as OpenCV's blue, green and red; the caller closes it. */
  Scalar scalar() {
    return new Scalar(rgb & 0xff, rgb >> 8 & 0xff, rgb >> 16, 0);
  }
}
