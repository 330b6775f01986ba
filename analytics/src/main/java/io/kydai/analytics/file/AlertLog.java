package io.kydai.analytics.file;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.file.FileSummary.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the last state of each alert, in the order of opening. */
final class AlertLog {
  private final Map<AlertId, Finding> findings = new LinkedHashMap<>();

  void add(List<Alert> alerts, long mediaTime) {
    for (Alert alert : alerts) {
      findings.merge(
          alert.id(),
          new Finding(mediaTime, alert),
          (first, newest) -> new Finding(first.openedMediaTime(), newest.alert()));
    }
  }

  List<Finding> alerts() {
    return List.copyOf(findings.values());
  }
}
