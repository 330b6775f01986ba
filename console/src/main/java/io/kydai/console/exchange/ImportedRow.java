package io.kydai.console.exchange;

import io.kydai.console.config.camera.CameraConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A camera of an imported text.
 *
 * @param line where it begins in the text, from 1; 0 where that is not known
 * @param id as the text has it; empty where it has none
 * @param camera null where there are mistakes
 * @param mistakes what is wrong
 */
public record ImportedRow(
    int line, String id, @Nullable CameraConfig camera, List<Mistake> mistakes) {
  /** What kind of mistake it is, for programs that word it. */
  public enum Code {
    MISSING,
    UNKNOWN_COLUMN,
    DUPLICATE,
    INVALID,
    NOT_ALLOWED
  }

  /**
   * A mistake.
   *
   * @param line where it is, from 1
   * @param column the column or key that is wrong; empty for the whole row
   * @param detail what is expected, in English
   */
  public record Mistake(int line, String column, Code code, String detail) {}

  public ImportedRow {
    mistakes = List.copyOf(mistakes);
  }

  /** Returns the row with another mistake in place of its camera. */
  public ImportedRow refused(Mistake mistake) {
    return new ImportedRow(line, id, null, List.of(mistake));
  }
}
