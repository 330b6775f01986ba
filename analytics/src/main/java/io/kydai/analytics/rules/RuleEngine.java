package io.kydai.analytics.rules;

import io.kydai.analytics.Alert;
import io.kydai.analytics.Observation;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.CameraId;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Supplier;

/** All rules of one camera. One thread at a time. */
public final class RuleEngine {
  /**
   * @param alertIds gives an id, unique over restarts, for each new alert
   * @throws InvalidRuleException when a rule's type is unknown or its settings do not fit the scene
   */
  public RuleEngine(
      CameraId camera, Scene scene, List<RuleSpec> rules, Supplier<String> alertIds) {}

  /** The types of rules that there are. */
  public static SortedSet<String> types() {
    throw new UnsupportedOperationException();
  }

  /** What the rules find on the next frame: alerts that opened, changed or closed, in order. */
  public List<Alert> observe(Observation observation) {
    return List.of();
  }

  /** Closes what is open, because nothing more will come. */
  public List<Alert> end(long mediaTime, Instant wallClock) {
    return List.of();
  }

  /** What crossed the lines that a {@code line-count} rule counts. */
  public List<LineCounts> counts() {
    return List.of();
  }
}
