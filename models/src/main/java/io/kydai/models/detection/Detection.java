package io.kydai.models.detection;

import static java.util.Objects.requireNonNull;

/**
 * One object that a detector saw in a picture.
 *
 * @param label the class's COCO name, such as {@code person} or {@code motorcycle}
 * @param score 0..1, higher is surer
 * @param box where, in normalised coordinates of the camera's picture
 */
public record Detection(String label, float score, Box box) {
  public Detection {
    requireNonNull(label);
    requireNonNull(box);
  }
}
