package io.kydai.console.claims;

import io.kydai.console.reports.Report;

/** Hears of claims, in the order of the changes. It must return quickly. */
public interface ClaimListener {
  /** A reviewer claimed a report, or renewed the claim. */
  void claimed(Claim claim);

  /**
   * Nobody has a report any more.
   *
   * @param report as it was when it was claimed
   */
  void released(Report report);
}
