package io.kydai.analytics.events;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.file.VideoFile;
import io.kydai.analytics.inference.Sight;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.DetectorModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the network sees on a clip, picture by picture: detection takes minutes, so tracker and
 * rules are tried on its record. As text, {@code ticks width height} begins a picture and {@code
 * score left top right bottom label} is one of its detections.
 */
record Recording(List<Picture> pictures) {
  record Picture(long mediaTime, int width, int height, List<Detection> detections) {}

  /**
   * Watches every n-th picture of a clip, between two times in seconds; hazy ones stretched or as
   * they are.
   */
  static Recording of(
      Path clip, DetectorModel model, boolean stretched, int every, double from, double until) {
    List<Picture> pictures = new ArrayList<>();
    try (VideoFile file = VideoFile.open(clip);
        Sight sight = new Sight(model, stretched)) {
      int number = 0;
      Optional<DecodedFrame> next = file.next();
      while (next.isPresent()) {
        try (DecodedFrame frame = next.get()) {
          if (frame.mediaTime() > until * 90_000) {
            break;
          }
          if (number++ % every == 0 && frame.mediaTime() >= from * 90_000) {
            pictures.add(
                new Picture(frame.mediaTime(), frame.width(), frame.height(), sight.detect(frame)));
          }
        }
        next = file.next();
      }
    }
    return new Recording(pictures);
  }

  /** The same once more, after the camera was away for some seconds. */
  Recording againAfter(double seconds) {
    List<Picture> all = new ArrayList<>(pictures);
    long from = pictures.get(pictures.size() - 1).mediaTime() + Math.round(seconds * 90_000);
    for (Picture picture : pictures) {
      all.add(
          new Picture(
              from + picture.mediaTime(), picture.width(), picture.height(), picture.detections()));
    }
    return new Recording(all);
  }

  /** Every n-th of these pictures, from the first. */
  Recording every(int n) {
    List<Picture> some = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i += n) {
      some.add(pictures.get(i));
    }
    return new Recording(some);
  }

  /** The pictures up to a time in seconds. */
  Recording until(double seconds) {
    return new Recording(
        pictures.stream().filter(picture -> picture.mediaTime() <= seconds * 90_000).toList());
  }

  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Picture picture : pictures) {
      text.append(
          String.format(
              Locale.ROOT, "%d %d %d%n", picture.mediaTime(), picture.width(), picture.height()));
      for (Detection found : picture.detections()) {
        Box box = found.box();
        text.append(
            String.format(
                Locale.ROOT,
                "%.3f %.5f %.5f %.5f %.5f %s%n",
                found.score(),
                box.left(),
                box.top(),
                box.right(),
                box.bottom(),
                found.label()));
      }
    }
    Files.writeString(file, text);
  }

  static Recording read(Path file) throws IOException {
    List<Picture> pictures = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] word = line.split(" ", 6);
      if (word.length == 3) {
        pictures.add(
            new Picture(
                Long.parseLong(word[0]),
                Integer.parseInt(word[1]),
                Integer.parseInt(word[2]),
                new ArrayList<>()));
      } else {
        float[] v = new float[5];
        for (int i = 0; i < 5; i++) {
          v[i] = Float.parseFloat(word[i]);
        }
        pictures
            .get(pictures.size() - 1)
            .detections()
            .add(new Detection(word[5], v[0], new Box(v[1], v[2], v[3], v[4])));
      }
    }
    return new Recording(pictures);
  }
}
