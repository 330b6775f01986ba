package io.kydai.console.node;

import io.kydai.analytics.alert.AlertId;
import io.kydai.console.reports.ReportQueue;
import io.kydai.streaming.evidence.EvidenceFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts in order, at a node's start, what a crash left between a file of evidence and its row in the
 * database: a file that its alert's report does not name is added to the report, with its digest
 * taken again, and a folder of which there is no report is deleted.
 *
 * <p>A crash leaves its orphans where the files were written last, so the newest {@value #DAYS}
 * days are looked at. It leaves few: where more than {@value #MAX_DELETED} folders have no report,
 * the database is not the one that they belong to (an older copy, a new one), and all are kept.
 */
final class OrphanedEvidence {
  static final int MAX_DELETED = 64;

  private static final int DAYS = 7;
  private static final int BATCH = 500;
  private static final Logger LOG = LoggerFactory.getLogger(OrphanedEvidence.class);

  private OrphanedEvidence() {}

  static void settle(EvidenceFolder folder, ReportQueue reports) {
    List<AlertId> alerts = folder.alerts(DAYS);
    List<AlertId> unknown = new ArrayList<>();
    for (int from = 0; from < alerts.size(); from += BATCH) {
      List<AlertId> batch = alerts.subList(from, Math.min(alerts.size(), from + BATCH));
      Map<AlertId, Set<String>> named = reports.evidenceOf(batch);
      for (AlertId alert : batch) {
        if (named.containsKey(alert)) {
          adopt(folder, reports, alert, named.get(alert));
        } else {
          unknown.add(alert);
        }
      }
    }
    if (unknown.size() > MAX_DELETED) {
      LOG.warn(
          "{} alerts have evidence and no report; is this the database that belongs to the evidence?"
              + " Everything is kept",
          unknown.size());
      return;
    }
    unknown.forEach(alert -> delete(folder, alert));
  }

  private static void adopt(
      EvidenceFolder folder, ReportQueue reports, AlertId alert, Set<String> named) {
    for (String name : folder.names(alert)) {
      if (!named.contains(name)) {
        try {
          folder.describe(alert, name).ifPresent(item -> reports.addEvidence(alert, item));
          LOG.info("{} of alert {} is added to its report, a crash had kept it out", name, alert);
        } catch (IOException e) {
          LOG.error("{} of alert {} cannot be read", name, alert, e);
        }
      }
    }
  }

  private static void delete(EvidenceFolder folder, AlertId alert) {
    try {
      folder.delete(alert);
      LOG.warn("deleted the evidence of alert {}, of which a crash left no report", alert);
    } catch (IOException e) {
      LOG.error("the evidence of alert {}, of which there is no report, stays", alert, e);
    }
  }
}
