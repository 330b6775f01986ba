package io.kydai.models;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.kydai.models.CocoEvaluation.Result;
import io.kydai.models.CocoEvaluation.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.opentest4j.TestAbortedException;
import org.slf4j.LoggerFactory;

/** {@code scripts/evaluate coco [SETTING]}: the detector on the shared data's COCO pictures. */
final class CocoMain {
  private static final float MIN_SCORE = 0.01f;

  private CocoMain() {}

  public static void main(String[] arguments) throws IOException {
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
    try {
      String setting = arguments.length == 0 ? "default" : arguments[0];
      Path pictures = SharedData.require("coco/val2017-128");
      try (DetectorModel model =
          DetectorCatalogue.load(new DetectorSettings(setting, MIN_SCORE, 1))) {
        System.out.print(
            table(CocoEvaluation.detect(model, pictures, Picture::stretched), model.name()));
      }
    } catch (IllegalArgumentException | ModelException | TestAbortedException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static String table(CocoEvaluation evaluation, String name) {
    StringBuilder table = new StringBuilder(String.format("%-16s %6s %6s%n", name, "AP", "AP50"));
    for (Size size : Size.values()) {
      Result result = evaluation.result(size);
      table.append(row(size.name().toLowerCase(Locale.ROOT), result.map(), result.map50()));
    }
    Result all = evaluation.result(Size.ALL);
    all.perClass().keySet().forEach(c -> table.append(row(c, all.ap(c), all.ap50(c))));
    return table.toString();
  }

  private static String row(String name, double ap, double ap50) {
    return String.format("%-16s %6.1f %6.1f%n", name, 100 * ap, 100 * ap50);
  }
}
