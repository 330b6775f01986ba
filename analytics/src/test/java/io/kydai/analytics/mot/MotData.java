package io.kydai.analytics.mot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/** Reads MOT-Challenge text: {@code frame,id,left,top,width,height,score,…}, frames from 1. */
public final class MotData {
  private MotData() {}

  /** One line of a file; pixels. */
  public record Entry(int id, double left, double top, double width, double height, double score) {}

  /** The shared data's file; the test is skipped, visibly, where there is none. */
  public static Path shared(String name) {
    Optional<Path> found = find(name);
    Assumptions.assumeTrue(
        found.isPresent(), () -> "shared/data/" + name + " is missing (set KYDAI_SHARED)");
    return found.orElseThrow();
  }

  private static Optional<Path> find(String name) {
    String set = System.getProperty("KYDAI_SHARED", System.getenv("KYDAI_SHARED"));
    if (set != null) {
      Path file = Path.of(set, "data", name);
      return Files.exists(file) ? Optional.of(file) : Optional.empty();
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path file = at.resolve("shared/data").resolve(name);
      if (Files.exists(file)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  public static SortedMap<Integer, List<Entry>> read(Path file) {
    SortedMap<Integer, List<Entry>> frames = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String[] part = line.split(",");
        frames
            .computeIfAbsent((int) Double.parseDouble(part[0]), frame -> new ArrayList<>())
            .add(
                new Entry(
                    (int) Double.parseDouble(part[1]),
                    Double.parseDouble(part[2]),
                    Double.parseDouble(part[3]),
                    Double.parseDouble(part[4]),
                    Double.parseDouble(part[5]),
                    Double.parseDouble(part[6])));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return frames;
  }

  /** Ground truth: entries with a score of 0 are to be ignored. */
  public static SortedMap<Integer, List<Entry>> readTruth(Path file) {
    SortedMap<Integer, List<Entry>> frames = read(file);
    frames.values().forEach(list -> list.removeIf(entry -> entry.score() == 0));
    return frames;
  }
}
