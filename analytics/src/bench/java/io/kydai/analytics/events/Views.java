package io.kydai.analytics.events;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.file.VideoFile;
import io.kydai.analytics.motion.ViewDisplacement;
import io.kydai.analytics.motion.ViewStabiliser;
import io.kydai.models.detection.Detection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the view of a clip was on each picture that is analysed, by the pipeline's own {@link
 * ViewStabiliser}. As text, {@code ticks right down} is a picture on which it was displaced.
 */
record Views(Map<Long, ViewDisplacement> displaced) {
  static Views of(Path clip, Recording seen) {
    Map<Long, ViewDisplacement> displaced = new TreeMap<>();
    Map<Long, Recording.Picture> analysed = new HashMap<>();
    seen.pictures().forEach(picture -> analysed.put(picture.mediaTime(), picture));
    ViewStabiliser stabiliser = new ViewStabiliser();
    try (VideoFile file = VideoFile.open(clip)) {
      Optional<DecodedFrame> next = file.next();
      while (next.isPresent()) {
        try (DecodedFrame frame = next.get()) {
          if (analysed.containsKey(frame.mediaTime())) {
            ViewDisplacement view = stabiliser.observe(frame);
            if (!view.isNone()) {
              displaced.put(frame.mediaTime(), view);
            }
          }
        }
        next = file.next();
      }
    }
    return new Views(displaced);
  }

  /** The same detections at their places in the usual view. */
  Recording steady(Recording seen) {
    if (displaced.isEmpty()) {
      return seen;
    }
    List<Recording.Picture> pictures = new ArrayList<>();
    for (Recording.Picture picture : seen.pictures()) {
      ViewDisplacement view = displaced.getOrDefault(picture.mediaTime(), ViewDisplacement.NONE);
      List<Detection> usual = new ArrayList<>();
      for (Detection one : picture.detections()) {
        usual.add(new Detection(one.label(), one.score(), view.toUsual(one.box())));
      }
      pictures.add(
          new Recording.Picture(picture.mediaTime(), picture.width(), picture.height(), usual));
    }
    return new Recording(pictures);
  }

  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    displaced.forEach(
        (time, view) ->
            text.append(
                String.format(Locale.ROOT, "%d %.5f %.5f%n", time, view.right(), view.down())));
    Files.writeString(file, text);
  }

  static Views read(Path file) throws IOException {
    Map<Long, ViewDisplacement> displaced = new TreeMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] word = line.split(" ");
      displaced.put(
          Long.parseLong(word[0]),
          new ViewDisplacement(Double.parseDouble(word[1]), Double.parseDouble(word[2])));
    }
    return new Views(displaced);
  }
}
