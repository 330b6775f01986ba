package io.kydai.analytics.evaluation.regions;

import io.kydai.analytics.mot.MotData;
import io.kydai.ingest.SharedData;
import io.kydai.models.detection.Box;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A video with truth boxes on some of its frames.
 *
 * @param truth by frame, the first is 1; what is not on it is not asked for
 * @param ids whether the truth tells who is who
 * @param every n-th frame is one that may be analysed
 */
record Clip(
    String name, Path video, SortedMap<Integer, List<Truth>> truth, boolean ids, int every) {
  static Clip of(String name) throws IOException {
    return switch (name) {
      case "pets" -> mot(name, "clips/pets09-s2l1_vtest.avi", "PETS09-S2L1", 2);
      case "tud" -> mot(name, "clips/TUD-Campus.mp4", "TUD-Campus", 3);
      case "highway" -> highway();
      case "junction" -> seen(name, "clips/traffic_intersection_uadetrac.mp4", 6);
      case "plaza" -> seen(name, "clips/crowd_plaza.mp4", 5);
      default -> throw new IllegalArgumentException("there is no clip " + name);
    };
  }

  private static Clip mot(String name, String video, String sequence, int every) {
    var read = MotData.readTruth(SharedData.assumeThere("mot/MOT15/" + sequence + "/gt.txt"));
    SortedMap<Integer, List<Truth>> truth = new TreeMap<>();
    read.forEach(
        (frame, entries) ->
            truth.put(
                frame,
                entries.stream()
                    .map(
                        e ->
                            new Truth(
                                e.id(), "person", box(e.left(), e.top(), e.width(), e.height())))
                    .toList()));
    return new Clip(name, SharedData.assumeThere(video), truth, true, every);
  }

  private static Clip highway() throws IOException {
    SortedMap<Integer, List<Truth>> truth = new TreeMap<>();
    Path blobs = SharedData.assumeThere("cdnet-highway/blobs_from_masks.tsv");
    for (String line : Files.readAllLines(blobs)) {
      if (line.startsWith("frame")) {
        continue;
      }
      String[] part = line.split("\t");
      truth
          .computeIfAbsent(Integer.parseInt(part[0]), frame -> new ArrayList<>())
          .add(
              new Truth(
                  0,
                  "vehicle",
                  box(
                      Double.parseDouble(part[1]),
                      Double.parseDouble(part[2]),
                      Double.parseDouble(part[3]),
                      Double.parseDouble(part[4]))));
    }
    Path video = SharedData.assumeThere("cdnet-highway/highway_1700f_25fps.mp4");
    return new Clip("highway", video, truth, false, 10);
  }

  /** Truth of ours: {@code frame group left top width height}. */
  private static Clip seen(String name, String video, int every) throws IOException {
    SortedMap<Integer, List<Truth>> truth = new TreeMap<>();
    try (InputStream file = Clip.class.getResourceAsStream(name + ".txt")) {
      String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        String[] part = line.split(" ");
        truth
            .computeIfAbsent(Integer.parseInt(part[0]), frame -> new ArrayList<>())
            .add(
                new Truth(
                    0,
                    part[1],
                    box(
                        Double.parseDouble(part[2]),
                        Double.parseDouble(part[3]),
                        Double.parseDouble(part[4]),
                        Double.parseDouble(part[5]))));
      }
    }
    return new Clip(name, SharedData.assumeThere(video), truth, false, every);
  }

  private static Box box(double left, double top, double width, double height) {
    return new Box((float) left, (float) top, (float) (left + width), (float) (top + height));
  }
}
