package io.kydai.analytics.rules;

import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.lifecycle.Boxes;
import io.kydai.models.detection.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Takes what people carry or ride on foot out of what rules see: a backpack or a skateboard that
 * goes over a line with its owner is no second offender.
 *
 * <p>A thing is a belonging while 70% or more of its box lies in the box of one person, and for a
 * second after that ({@link RecentTracks}). A predicted box of the person is as good as a seen one.
 * What stands alone, such as a suitcase whose owner has left, is seen by rules that ask for it.
 */
final class Belongings {
  private static final Set<String> THINGS =
      Set.of(
          "backpack",
          "umbrella",
          "handbag",
          "tie",
          "suitcase",
          "frisbee",
          "skis",
          "snowboard",
          "sports ball",
          "baseball bat",
          "baseball glove",
          "skateboard",
          "surfboard",
          "tennis racket",
          "bottle",
          "cup",
          "cell phone",
          "book",
          "teddy bear");
  private static final float INSIDE = 0.7f; // of the thing's box

  private final RecentTracks carried = new RecentTracks();

  /** Returns the observation without people's belongings; the same one where there are none. */
  Observation without(Observation all) {
    carried.expire(all.mediaTime());
    List<Track> others = new ArrayList<>(all.tracks().size());
    for (Track track : all.tracks()) {
      if (!isCarried(track, all)) {
        others.add(track);
      }
    }
    return others.size() == all.tracks().size() ? all : all.with(others);
  }

  private boolean isCarried(Track track, Observation all) {
    if (!THINGS.contains(track.label())) {
      return false;
    }
    if (all.tracks().stream().anyMatch(other -> isOn(track.box(), other))) {
      carried.add(track.id(), all.mediaTime());
      return true;
    }
    return carried.contains(track.id());
  }

  private static boolean isOn(Box thing, Track owner) {
    return owner.label().equals("person")
        && Boxes.shared(thing, owner.box()) >= INSIDE * thing.area();
  }
}
