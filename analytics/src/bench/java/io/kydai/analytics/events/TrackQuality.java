package io.kydai.analytics.events;

import io.kydai.analytics.mot.MotData;
import io.kydai.analytics.mot.MotPairs;
import io.kydai.analytics.mot.MotScore;
import io.kydai.analytics.observation.Track;
import io.kydai.models.detection.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The people that were shown on pictures of a clip, by the picture's number, from 1. */
final class TrackQuality {
  private final int width;
  private final int height;
  private final SortedMap<Integer, List<MotData.Entry>> found = new TreeMap<>();

  TrackQuality(int width, int height) {
    this.width = width;
    this.height = height;
  }

  void add(int number, List<Track> tracks) {
    List<MotData.Entry> entries = new ArrayList<>();
    for (Track track : tracks) {
      Box box = track.box();
      if (track.seen() && track.label().equals("person")) {
        entries.add(
            new MotData.Entry(
                (int) track.id(),
                box.left() * width,
                box.top() * height,
                box.width() * width,
                box.height() * height,
                track.score(),
                1));
      }
    }
    found.put(number, entries);
  }

  /** Against the truth on the pictures that are here. */
  MotScore score(SortedMap<Integer, List<MotData.Entry>> truth) {
    SortedMap<Integer, List<MotData.Entry>> asked = new TreeMap<>();
    found.keySet().forEach(number -> asked.put(number, truth.getOrDefault(number, List.of())));
    return MotScore.of(asked, found, MotPairs.Rules.MOT15);
  }

  /**
   * The mean of how far a box's middle is on each picture from the middle between its places on the
   * picture before and the one after, as a part of its height.
   */
  double jitter() {
    double sum = 0;
    int count = 0;
    for (int number : found.keySet()) {
      for (MotData.Entry now : found.getOrDefault(number, List.of())) {
        Optional<MotData.Entry> before = find(number - 1, now.id());
        Optional<MotData.Entry> after = find(number + 1, now.id());
        if (before.isPresent() && after.isPresent()) {
          double x = middleX(now) - (middleX(before.get()) + middleX(after.get())) / 2;
          double y = middleY(now) - (middleY(before.get()) + middleY(after.get())) / 2;
          sum += Math.hypot(x, y) / now.height();
          count++;
        }
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  private Optional<MotData.Entry> find(int number, int id) {
    return found.getOrDefault(number, List.of()).stream().filter(one -> one.id() == id).findFirst();
  }

  private static double middleX(MotData.Entry entry) {
    return entry.left() + entry.width() / 2;
  }

  private static double middleY(MotData.Entry entry) {
    return entry.top() + entry.height() / 2;
  }
}
