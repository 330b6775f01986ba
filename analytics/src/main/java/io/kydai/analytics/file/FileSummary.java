package io.kydai.analytics.file;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.rules.counting.Measurements;
import java.util.List;

/**
 * What a whole file held.
 *
 * @param frames how many were analysed
 * @param damaged packets that could not be decoded
 * @param mediaTime of the last frame, 1/90000 s
 * @param alerts each once, as it was when it closed, in the order in which they opened
 * @param measured what the rules measured besides their alerts
 */
public record FileSummary(
    long frames, long damaged, long mediaTime, List<Finding> alerts, Measurements measured) {
  public FileSummary {
    alerts = List.copyOf(alerts);
    requireNonNull(measured);
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
