package io.kydai.console.reports;

import io.kydai.analytics.Alert;
import io.kydai.console.store.Database;
import io.kydai.streaming.EvidenceItem;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The report queue (phản ánh). Any thread, but none that must not wait for a disk. */
public final class ReportQueue {
  public ReportQueue(Database database, ReportOutbox outbox, Clock clock) {}

  /** Hears of changes from now on. */
  public void listen(ReportListener listener) {
    throw new UnsupportedOperationException();
  }

  /**
   * Takes in an alert that opened. When this returns, the report and what webhooks are to tell of
   * it are on the disk. The same alert twice makes one report.
   */
  public Report receive(Alert opened, List<EvidenceItem> evidence) {
    throw new UnsupportedOperationException();
  }

  /**
   * An alert was updated or closed.
   *
   * @return the report as it is now; empty when no report came from that alert
   */
  public Optional<Report> update(Alert alert) {
    throw new UnsupportedOperationException();
  }

  /**
   * A file of evidence is whole.
   *
   * @return the report as it is now; empty when no report came from that alert
   */
  public Optional<Report> addEvidence(String alertId, EvidenceItem item) {
    throw new UnsupportedOperationException();
  }

  /** A report with its history. */
  public Optional<Report> find(String id) {
    throw new UnsupportedOperationException();
  }

  /**
   * A page of reports, newest first. Those that come in while somebody turns pages do not move the
   * pages that follow.
   *
   * @throws InvalidReportRequestException when the limit or the cursor is wrong
   */
  public ReportPage list(ReportFilter filter) {
    throw new UnsupportedOperationException();
  }

  /**
   * Does something with a report.
   *
   * @param reason at most 2,000 characters; needed to reject
   * @param agency at most 200 characters; needed to assign
   * @param actor who does it, at most 200 characters
   * @return the report after it, with its history
   * @throws UnknownReportException when there is none of that id
   * @throws IllegalTransitionException when its state does not allow it
   * @throws InvalidReportRequestException when a text is missing or too long
   */
  public Report act(
      String id,
      ReportAction action,
      Optional<String> reason,
      Optional<String> agency,
      String actor) {
    throw new UnsupportedOperationException();
  }
}
