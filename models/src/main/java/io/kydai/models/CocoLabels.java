package io.kydai.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The 80 object classes of the COCO detection challenge (Lin et al., "Microsoft COCO: Common
 * Objects in Context", ECCV 2014), in the order in which networks that were trained on it number
 * them from 0.
 */
public final class CocoLabels {
  /** The classes' names; the index in the list is the network's class number. */
  public static final List<String> NAMES =
      List.of(
          "person",
          "bicycle",
          "car",
          "motorcycle",
          "airplane",
          "bus",
          "train",
          "truck",
          "boat",
          "traffic light",
          "fire hydrant",
          "stop sign",
          "parking meter",
          "bench",
          "bird",
          "cat",
          "dog",
          "horse",
          "sheep",
          "cow",
          "elephant",
          "bear",
          "zebra",
          "giraffe",
          "backpack",
          "umbrella",
          "handbag",
          "tie",
          "suitcase",
          "frisbee",
          "skis",
          "snowboard",
          "sports ball",
          "kite",
          "baseball bat",
          "baseball glove",
          "skateboard",
          "surfboard",
          "tennis racket",
          "bottle",
          "wine glass",
          "cup",
          "fork",
          "knife",
          "spoon",
          "bowl",
          "banana",
          "apple",
          "sandwich",
          "orange",
          "broccoli",
          "carrot",
          "hot dog",
          "pizza",
          "donut",
          "cake",
          "chair",
          "couch",
          "potted plant",
          "bed",
          "dining table",
          "toilet",
          "tv",
          "laptop",
          "mouse",
          "remote",
          "keyboard",
          "cell phone",
          "microwave",
          "oven",
          "toaster",
          "sink",
          "refrigerator",
          "book",
          "clock",
          "vase",
          "scissors",
          "teddy bear",
          "hair drier",
          "toothbrush");

  /** The numbers between 0 and 90 that COCO's annotations do not use. */
  private static final Set<Integer> UNUSED = Set.of(0, 12, 26, 29, 30, 45, 66, 68, 69, 71, 83);

  /**
   * The classes at the numbers that COCO's annotations give them, 0 to 90, as some networks have
   * them (DETR, RF-DETR); the name is empty at a number that is not used.
   */
  public static final List<String> BY_ANNOTATION = byAnnotation();

  private CocoLabels() {}

  private static List<String> byAnnotation() {
    List<String> names = new ArrayList<>();
    int next = 0;
    for (int number = 0; number <= 90; number++) {
      names.add(UNUSED.contains(number) ? "" : NAMES.get(next++));
    }
    return List.copyOf(names);
  }
}
