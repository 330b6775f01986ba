package io.kydai.analytics.file;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.rules.counting.LineCounts;
import io.kydai.analytics.rules.counting.Movements;
import java.util.List;

/**
 * What a whole file held.
 *
 * @param frames how many were analysed
 * @param damaged packets that could not be decoded
 * @param mediaTime of the last frame, 1/90000 s
 * @param alerts each once, as it was when it closed, in the order in which they opened
 * @param counts what crossed the lines
 * @param movements who went from where to where
 */
public record FileSummary(
    long frames,
    long damaged,
    long mediaTime,
    List<Finding> alerts,
    List<LineCounts> counts,
    List<Movements> movements) {
  public FileSummary {
    alerts = List.copyOf(alerts);
    counts = List.copyOf(counts);
    movements = List.copyOf(movements);
  }

  /**
   * One alert of the file.
   *
   * @param openedMediaTime of the frame on which it opened, 1/90000 s: later than its start by what
   *     its rule waits to be sure
   * @param alert in its last state
   */
  public record Finding(long openedMediaTime, Alert alert) {}
}
