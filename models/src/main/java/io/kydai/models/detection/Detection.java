package io.kydai.models.detection;

import static java.util.Objects.requireNonNull;

/**
 * One object that a detector found in a picture.
 *
 * @param label the name of the object's class in the network's list, for the built-in networks a
 *     COCO name such as {@code person} or {@code motorcycle}
 * @param score the detector's confidence, 0..1
 * @param box the object's bounding box in normalised coordinates of the camera's picture
 */
public record Detection(String label, float score, Box box) {
  public Detection {
    requireNonNull(label);
    requireNonNull(box);
  }
}
