package io.kydai.models;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.kydai.models.detection.CocoEvaluation;
import io.kydai.models.detection.CocoEvaluation.Result;
import io.kydai.models.detection.CocoEvaluation.Size;
import io.kydai.models.detection.CocoPictures;
import io.kydai.models.detection.CocoReference;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.Device;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.ModelException;
import io.kydai.models.detection.Picture;
import io.kydai.models.detection.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.opentest4j.TestAbortedException;
import org.slf4j.LoggerFactory;

/**
 * {@code scripts/evaluate coco}: detectors on the shared data's COCO pictures, or on a folder of
 * the same form. Without arguments each network that there are reference figures of, beside them.
 */
final class CocoMain {
  private static final List<String> STREET =
      List.of("person", "bicycle", "car", "motorcycle", "bus", "truck");
  private static final String PICTURES = "coco/val2017-128";

  private CocoMain() {}

  public static void main(String[] words) throws IOException {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
    try {
      List<String> arguments = new ArrayList<>(List.of(words));
      Optional<Path> results = option(arguments, "--results").map(Path::of);
      Optional<Path> pictures = option(arguments, "--pictures").map(Path::of);
      Precision precision =
          option(arguments, "--precision")
              .map(word -> Precision.valueOf(word.toUpperCase(Locale.ROOT)))
              .orElse(DetectorSettings.DEFAULT_PRECISION);
      InputSize input = option(arguments, "--input").map(InputSize::parse).orElse(null);
      boolean stretched = arguments.remove("--stretched");
      if (arguments.size() > 1) {
        throw new IllegalArgumentException("'" + arguments.get(1) + "' is not understood");
      }
      Path folder = pictures.orElseGet(() -> SharedData.require(PICTURES));
      if (arguments.isEmpty()) {
        references(folder);
      } else {
        DetectorSettings settings =
            new DetectorSettings(
                arguments.get(0), input, Device.CPU, precision, CocoReference.MIN_SCORE, 1);
        try (DetectorModel model = DetectorCatalogue.load(settings)) {
          CocoPictures seen =
              CocoPictures.detect(model, folder, stretched ? Picture::stretched : Picture::centred);
          System.out.print(table(seen.evaluation(), model.name()));
          if (results.isPresent()) {
            seen.writeResults(results.get());
          }
        }
      }
    } catch (IllegalArgumentException | ModelException | TestAbortedException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static Optional<String> option(List<String> arguments, String name) {
    int at = arguments.indexOf(name);
    if (at < 0) {
      return Optional.empty();
    }
    if (at + 1 == arguments.size()) {
      throw new IllegalArgumentException(name + " needs a value");
    }
    arguments.remove(at);
    return Optional.of(arguments.remove(at));
  }

  private static void references(Path folder) throws IOException {
    System.out.println(
        "| network | reference: mAP / mAP50 | here | small, medium, large | "
            + String.join(" | ", STREET)
            + " |");
    System.out.println("|---".repeat(4 + STREET.size()) + "|");
    for (CocoReference reference : CocoReference.values()) {
      try (DetectorModel model = reference.load(Device.CPU)) {
        CocoEvaluation evaluation =
            CocoPictures.detect(model, folder, reference.placing()).evaluation();
        System.out.println(row(model.name(), reference, evaluation));
      }
    }
  }

  private static String row(String name, CocoReference reference, CocoEvaluation evaluation) {
    Result all = evaluation.result(Size.ALL);
    String map50 =
        reference.map50().isPresent() ? "%.1f".formatted(reference.map50().getAsDouble()) : "–";
    StringBuilder row = new StringBuilder();
    row.append(
        "| %s | %.1f / %s | %s |"
            .formatted(name, reference.map(), map50, both(all.map(), all.map50())));
    row.append(
        " %.1f, %.1f, %.1f |"
            .formatted(
                100 * evaluation.result(Size.SMALL).map(),
                100 * evaluation.result(Size.MEDIUM).map(),
                100 * evaluation.result(Size.LARGE).map()));
    STREET.forEach(
        label -> row.append(' ').append(both(all.ap(label), all.ap50(label))).append(" |"));
    return row.toString();
  }

  private static String both(double ap, double ap50) {
    return "%.1f / %.1f".formatted(100 * ap, 100 * ap50);
  }

  private static String table(CocoEvaluation evaluation, String name) {
    StringBuilder table =
        new StringBuilder("%-16s %6s %6s %8s%n".formatted(name, "AP", "AP50", "objects"));
    for (Size size : Size.values()) {
      Result result = evaluation.result(size);
      table.append(row(size.name().toLowerCase(Locale.ROOT), result.map(), result.map50(), ""));
    }
    Result all = evaluation.result(Size.ALL);
    for (String label : all.perClass().keySet()) {
      String objects = Long.toString(evaluation.objects(label));
      table.append(row(label, all.ap(label), all.ap50(label), objects));
    }
    return table.toString();
  }

  private static String row(String name, double ap, double ap50, String objects) {
    return "%-16s %6.1f %6.1f %8s%n".formatted(name, 100 * ap, 100 * ap50, objects);
  }
}
