package io.kydai.analytics.mot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads MOT-Challenge text: {@code frame,id,left,top,width,height,score,…}, frames from 1. */
public final class MotData {
  private MotData() {}

  /**
   * One line of a file.
   *
   * @param left in pixels, as are top, width and height
   * @param score in ground truth 0 for what is to be ignored
   * @param kind the class's number, 1 for a pedestrian, where the file has one (MOT16 and later);
   *     otherwise -1
   */
  public record Entry(
      int id, double left, double top, double width, double height, double score, int kind) {
    Entry moved(double dx, double dy) {
      return new Entry(id, left + dx, top + dy, width, height, score, kind);
    }
  }

  public static SortedMap<Integer, List<Entry>> read(Path file) {
    SortedMap<Integer, List<Entry>> frames = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.isBlank()) {
          continue;
        }
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
                    Double.parseDouble(part[6]),
                    part.length > 7 ? (int) Double.parseDouble(part[7]) : -1));
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
