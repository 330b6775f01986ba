package io.kydai.console.node;

import io.kydai.analytics.alert.AlertId;
import io.kydai.console.evidence.ManifestChain;
import io.kydai.console.reports.ReportQueue;
import io.kydai.streaming.evidence.EvidenceFolder;
import io.kydai.streaming.proof.ChainFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconciles evidence files with the database at a node's start, because a crash may happen between
 * the writing of a file and of its row. A file that the report of its alert does not list is added
 * to the report with a newly computed digest; a folder without a report is deleted, of which the
 * chain of manifests keeps a signed record.
 *
 * <p>Only the newest {@value #DAYS} days are examined, because a crash affects the files that were
 * written last. It affects few of them: when more than {@value #MAX_DELETED} folders have no
 * report, the database is probably another one (an older copy or a new one), and nothing is
 * deleted.
 */
final class OrphanedEvidence {
  static final int MAX_DELETED = 64;

  private static final int DAYS = 7;
  private static final int BATCH = 500;
  private static final Logger LOG = LoggerFactory.getLogger(OrphanedEvidence.class);

  private OrphanedEvidence() {}

  /** Reconciles the newest days of the evidence with the reports. */
  static void reconcile(EvidenceFolder folder, ReportQueue reports, ManifestChain chain) {
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
          "{} alerts have evidence but no report; nothing is deleted, because the database may not"
              + " belong to this evidence",
          unknown.size());
      return;
    }
    unknown.forEach(alert -> delete(folder, alert, chain));
  }

  private static void adopt(
      EvidenceFolder folder, ReportQueue reports, AlertId alert, Set<String> named) {
    for (String name : folder.names(alert)) {
      if (!named.contains(name) && !ChainFiles.isOfManifest(name)) {
        try {
          folder.describe(alert, name).ifPresent(item -> reports.addEvidence(alert, item));
          LOG.info(
              "{} of alert {} was missing from its report after a crash, and is added",
              name,
              alert);
        } catch (IOException e) {
          LOG.error("{} of alert {} cannot be read", name, alert, e);
        }
      }
    }
  }

  private static void delete(EvidenceFolder folder, AlertId alert, ManifestChain chain) {
    try {
      chain.recordDeletion(alert, "there is no report of the alert after a crash");
      folder.delete(alert);
      LOG.warn("deleted the evidence of alert {}, which has no report after a crash", alert);
    } catch (IOException e) {
      LOG.error("the evidence of alert {}, which has no report, cannot be deleted", alert, e);
    }
  }
}
