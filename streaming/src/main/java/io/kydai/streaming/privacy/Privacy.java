package io.kydai.streaming.privacy;

import io.kydai.analytics.scene.Point;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What of a camera's pictures is hidden from those who have no right to see it.
 *
 * @param masks at most {@value #MOST_MASKS}; with more the camera is refused
 */
public record Privacy(List<PrivacyMask> masks, Set<BlurTarget> blur) {
  /** The greatest number of masks of a camera. */
  public static final int MOST_MASKS = 32;

  /** Nothing is hidden. */
  public static final Privacy NONE = new Privacy(List.of(), Set.of());

  /** The whole picture is covered. */
  public static final Privacy EVERYTHING =
      new Privacy(
          List.of(
              new PrivacyMask(
                  "everything",
                  List.of(new Point(0, 0), new Point(1, 0), new Point(1, 1), new Point(0, 1)))),
          Set.of());

  /**
   * @throws IllegalArgumentException when there are too many masks
   */
  public Privacy {
    if (masks.size() > MOST_MASKS) {
      throw new IllegalArgumentException("a camera has at most " + MOST_MASKS + " masks");
    }
    masks = List.copyOf(masks);
    Set<BlurTarget> sorted = EnumSet.noneOf(BlurTarget.class);
    sorted.addAll(blur);
    blur = Collections.unmodifiableSet(sorted);
  }

  /** Returns whether nothing is hidden. */
  public boolean isEmpty() {
    return masks.isEmpty() && blur.isEmpty();
  }

  /** Returns whether all that another hides is hidden. */
  public boolean covers(Privacy other) {
    return blur.containsAll(other.blur)
        && other.masks.stream()
            .allMatch(mask -> masks.stream().anyMatch(own -> own.polygon().equals(mask.polygon())));
  }

  /** Returns the same with more that is blurred. */
  public Privacy blurring(Set<BlurTarget> more) {
    Set<BlurTarget> both = EnumSet.noneOf(BlurTarget.class);
    both.addAll(blur);
    both.addAll(more);
    return new Privacy(masks, both);
  }
}
