package io.kydai.console.trial;

import io.kydai.analytics.rules.counting.Measurements;
import java.time.Duration;
import java.util.List;

/**
 * The result of a trial.
 *
 * @param observed for how long the camera was analysed in the time that was asked for
 * @param alerts how many alerts the rule would have raised
 * @param found the newest of them, at most {@value RuleTrial#MAX_FOUND}, in the order of time
 * @param measured what the rule measured besides alerts, in each run of the node
 */
public record Trial(
    Duration observed, int alerts, List<TrialAlert> found, List<Measurements> measured) {
  public Trial {
    found = List.copyOf(found);
    measured = List.copyOf(measured);
  }
}
