package io.kydai.models.faces;

import io.kydai.models.detection.Box;
import java.util.ArrayList;
import java.util.List;

/**
 * The regions of a picture that are blurred so that persons cannot be recognised: each face with
 * half of its size added, and the upper quarter of every person's box, because about a fifth of the
 * faces of large persons are not found, and nearly all of small ones.
 */
public final class PrivacyRegions {
  private static final float FACE = 1.5f;
  private static final float UPPER = 0.25f;

  private PrivacyRegions() {}

  /**
   * Returns the regions, clipped to the picture; what they cover together is to be blurred.
   *
   * @param persons the boxes of all persons in the picture
   * @param faces the faces that were found in it
   */
  public static List<Box> of(List<Box> persons, List<Face> faces) {
    List<Box> regions = new ArrayList<>();
    for (Box person : persons) {
      float bottom = person.top() + UPPER * person.height();
      add(regions, person.left(), person.top(), person.right(), bottom);
    }
    for (Face face : faces) {
      Box box = face.box();
      float acrossHalf = FACE * box.width() / 2;
      float downHalf = FACE * box.height() / 2;
      float x = (box.left() + box.right()) / 2;
      float y = (box.top() + box.bottom()) / 2;
      add(regions, x - acrossHalf, y - downHalf, x + acrossHalf, y + downHalf);
    }
    return List.copyOf(regions);
  }

  private static void add(List<Box> regions, float left, float top, float right, float bottom) {
    Box clipped =
        new Box(Math.max(0, left), Math.max(0, top), Math.min(1, right), Math.min(1, bottom));
    if (clipped.width() > 0 && clipped.height() > 0) {
      regions.add(clipped);
    }
  }
}
