package io.kydai.models.detection;

import io.kydai.models.CocoLabels;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * A folder with {@code images/*.jpg} (or png) and {@code labels/*.txt} (class number, centre x and
 * y, width, height; 0..1), and what a model sees on its pictures.
 */
public final class CocoPictures {
  /** Numbers between 1 and 90 that COCO's list of categories leaves out. */
  private static final List<Integer> NO_CATEGORY = List.of(12, 26, 29, 30, 45, 66, 68, 69, 71, 83);

  /** COCO's number of each of the 80 classes. */
  public static final List<Integer> CATEGORIES =
      Stream.iterate(1, number -> number <= 90, number -> number + 1)
          .filter(number -> !NO_CATEGORY.contains(number))
          .toList();

  private final List<Seen> pictures = new ArrayList<>();

  private record Seen(String name, List<CocoEvaluation.Truth> truth, List<Detection> detections) {}

  private CocoPictures() {}

  /** Runs a model over a folder. */
  public static CocoPictures detect(
      DetectorModel model, Path folder, BiFunction<Picture, InputSize, Letterbox> placing)
      throws IOException {
    CocoPictures result = new CocoPictures();
    List<Path> images;
    try (Stream<Path> files = Files.list(folder.resolve("images"))) {
      images = files.sorted().toList();
    }
    try (Detector detector = model.newDetector()) {
      for (Path image : images) {
        Picture picture = Picture.read(image);
        Letterbox place = placing.apply(picture, model.inputSize());
        String name = image.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
        List<Detection> detections =
            detector.detect(picture.pixels(place), place).stream()
                .map(d -> new Detection(d.label(), d.score(), inPixels(d.box(), picture)))
                .toList();
        Path labels = folder.resolve("labels").resolve(name + ".txt");
        result.pictures.add(new Seen(name, truth(labels, picture), detections));
      }
    }
    return result;
  }

  private static List<CocoEvaluation.Truth> truth(Path file, Picture picture) throws IOException {
    List<CocoEvaluation.Truth> truth = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.split(" ");
      float x = Float.parseFloat(words[1]);
      float y = Float.parseFloat(words[2]);
      float w = Float.parseFloat(words[3]) / 2;
      float h = Float.parseFloat(words[4]) / 2;
      Box box = inPixels(new Box(x - w, y - h, x + w, y + h), picture);
      truth.add(new CocoEvaluation.Truth(CocoLabels.NAMES.get(Integer.parseInt(words[0])), box));
    }
    return truth;
  }

  private static Box inPixels(Box box, Picture picture) {
    return new Box(
        box.left() * picture.width(),
        box.top() * picture.height(),
        box.right() * picture.width(),
        box.bottom() * picture.height());
  }

  public CocoEvaluation evaluation() {
    CocoEvaluation evaluation = new CocoEvaluation();
    pictures.forEach(seen -> evaluation.add(seen.truth(), seen.detections()));
    return evaluation;
  }

  /** The detections in COCO's format of results, for other evaluators of the same pictures. */
  public void writeResults(Path file) throws IOException {
    try (PrintStream out = new PrintStream(file.toFile(), "UTF-8")) {
      String separator = "[";
      for (Seen seen : pictures) {
        for (Detection found : seen.detections()) {
          Box box = found.box();
          out.printf(
              Locale.ROOT,
              "%s%n{\"image_id\":%d,\"category_id\":%d,\"bbox\":[%s,%s,%s,%s],\"score\":%s}",
              separator,
              Long.parseLong(seen.name()),
              CATEGORIES.get(CocoLabels.NAMES.indexOf(found.label())),
              box.left(),
              box.top(),
              (double) box.right() - box.left(),
              (double) box.bottom() - box.top(),
              found.score());
          separator = ",";
        }
      }
      out.println(separator.equals("[") ? "[]" : "\n]");
    }
  }
}
