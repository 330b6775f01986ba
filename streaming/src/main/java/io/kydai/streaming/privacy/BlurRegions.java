package io.kydai.streaming.privacy;

import io.kydai.models.detection.Box;
import io.kydai.models.faces.Face;
import io.kydai.models.faces.PrivacyRegions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The regions that are blurred, from the boxes of objects. They are larger than what they hide,
 * because boxes are inexact and a picture may be some hundredths of a second from the one on which
 * they were found.
 */
final class BlurRegions {
  private static final Set<String> TWO_WHEELERS = Set.of("bicycle", "motorcycle");
  private static final Set<String> PLATED =
      Set.of("car", "truck", "bus", "motorcycle", "train", "boat");

  /** By how much of its own size a region is larger on each side. */
  private static final float MARGIN = 0.12f;

  /** The upper part of a person that is blurred where no face was looked for. */
  private static final float UPPER = 0.35f;

  /** The part of a vehicle, from below, in which plates are. */
  private static final float LOWER = 0.6f;

  /** How far above a two-wheeler its rider may reach, in heights of its box. */
  private static final float RIDER = 0.9f;

  private BlurRegions() {}

  /** An object's class, a COCO name, and where it is. */
  record Seen(String label, Box box) {}

  static boolean isPerson(Seen seen) {
    return seen.label().equals("person");
  }

  /** Returns the regions where faces were not looked for. */
  static List<Box> of(List<Seen> objects, Set<BlurTarget> targets) {
    List<Box> regions = new ArrayList<>();
    for (Seen seen : objects) {
      Box box = seen.box();
      if (isPerson(seen) && targets.contains(BlurTarget.FACES)) {
        regions.add(wider(part(box, 0, UPPER)));
      }
      add(seen, targets, regions);
    }
    return regions;
  }

  /**
   * Returns the regions where faces were looked for.
   *
   * @param faces those that were found
   */
  static List<Box> of(List<Seen> objects, List<Face> faces, Set<BlurTarget> targets) {
    List<Box> regions = new ArrayList<>();
    if (targets.contains(BlurTarget.FACES)) {
      List<Box> persons =
          objects.stream().filter(BlurRegions::isPerson).map(seen -> wider(seen.box())).toList();
      regions.addAll(PrivacyRegions.of(persons, faces));
    }
    objects.forEach(seen -> add(seen, targets, regions));
    return regions;
  }

  private static void add(Seen seen, Set<BlurTarget> targets, List<Box> regions) {
    Box box = seen.box();
    boolean people = targets.contains(BlurTarget.PEOPLE);
    if (isPerson(seen) && people) {
      regions.add(wider(box));
    }
    if (TWO_WHEELERS.contains(seen.label())) {
      if (people) {
        regions.add(wider(part(box, -RIDER, 1)));
      } else if (targets.contains(BlurTarget.FACES)) {
        regions.add(wider(part(box, -RIDER, UPPER)));
      }
    }
    if (PLATED.contains(seen.label()) && targets.contains(BlurTarget.PLATES)) {
      regions.add(wider(part(box, 1 - LOWER, 1)));
    }
  }

  /** The part of a box between two of its heights, from above. */
  private static Box part(Box box, float from, float to) {
    return new Box(
        box.left(), box.top() + from * box.height(), box.right(), box.top() + to * box.height());
  }

  private static Box wider(Box box) {
    float across = MARGIN * box.width();
    float down = MARGIN * box.height();
    return new Box(
        box.left() - across, box.top() - down, box.right() + across, box.bottom() + down);
  }
}
