package io.kydai.analytics.evaluation.regions;

import io.kydai.analytics.inference.Sight;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.regions.RegionView;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.Device;
import io.kydai.models.detection.InputSize;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What a network sees in views of a clip's frames: asked once, then remembered in a file. */
final class Seen implements AutoCloseable {
  private static final float MIN_SCORE = 0.1f;

  private final InputSize input;
  private final Map<String, List<Detection>> known = new HashMap<>();
  private final BufferedWriter file;
  private final DetectorModel model;
  private final Sight sight;

  Seen(Path folder, String clip, InputSize input) {
    this.input = input;
    Path path = folder.resolve(clip + "-" + input + ".txt");
    try {
      Files.createDirectories(folder);
      if (Files.exists(path)) {
        read(path);
      }
      file = Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    model =
        DetectorCatalogue.load(new DetectorSettings("default", input, Device.CPU, MIN_SCORE, 1));
    sight = new Sight(model);
  }

  InputSize input() {
    return input;
  }

  /** Down to a score of 0.1. */
  List<Detection> whole(int number, Frame frame) {
    return of("# " + number, () -> sight.detect(frame));
  }

  List<Detection> close(int number, Frame frame, RegionView view) {
    return of("# " + number + " " + view.region(), () -> sight.detect(frame, view));
  }

  private List<Detection> of(String key, Supplier<List<Detection>> detect) {
    return known.computeIfAbsent(
        key,
        k -> {
          List<Detection> found = detect.get();
          write(k, found);
          return found;
        });
  }

  private void write(String key, List<Detection> found) {
    try {
      file.write(key + "\n");
      for (Detection d : found) {
        Box box = d.box();
        file.write(
            String.format(
                Locale.ROOT,
                "%.4f %.5f %.5f %.5f %.5f %s%n",
                d.score(),
                box.left(),
                box.top(),
                box.right(),
                box.bottom(),
                d.label()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Path path) throws IOException {
    List<Detection> last = new ArrayList<>();
    for (String line : Files.readAllLines(path)) {
      if (line.startsWith("#")) {
        last = new ArrayList<>();
        known.put(line, last);
      } else {
        String[] word = line.split(" ", 6);
        if (word.length < 6) {
          continue; // broken off
        }
        float[] v = new float[5];
        for (int i = 0; i < 5; i++) {
          v[i] = Float.parseFloat(word[i]);
        }
        last.add(new Detection(word[5], v[0], new Box(v[1], v[2], v[3], v[4])));
      }
    }
  }

  @Override
  public void close() {
    sight.close();
    model.close();
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
