package io.kydai.console.incidents;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.RuleId;
import io.kydai.ingest.source.CameraId;

/**
 * How many reports of a rule people found true and false.
 *
 * @param verified found true
 * @param rejected found false
 */
public record Verdicts(CameraId camera, RuleId rule, int verified, int rejected) {
  private static final int ENOUGH = 10;
  private static final double OFTEN = 0.3;

  public Verdicts {
    requireNonNull(camera);
    requireNonNull(rule);
  }

  /** Returns the share of rejected reports, 0 to 1; 0 where there are none. */
  public double rejectedShare() {
    int all = verified + rejected;
    return all == 0 ? 0 : (double) rejected / all;
  }

  /** Returns whether at least {@value #ENOUGH} were looked at and 30% of them were rejected. */
  public boolean oftenRejected() {
    return verified + rejected >= ENOUGH && rejectedShare() >= OFTEN;
  }
}
