package io.kydai.console.trial;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.RuleEngine;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs one rule over kept observations, by the classes and on the media time of the live analysis.
 * The same observations give the same result. Where the media time goes back, because the node or
 * the analysis was started anew, the rule starts anew as well. One thread at a time.
 */
public final class RuleTrial {
  /** The number of alerts that are kept with their times and boxes. */
  public static final int MAX_FOUND = 200;

  /** A longer time between two observations is not counted as observed. */
  private static final Duration GAP = Duration.ofSeconds(5);

  private final CameraId camera;
  private final Scene scene;
  private final RuleSpec rule;
  private final Deque<AlertId> order = new ArrayDeque<>();
  private final Map<AlertId, TrialAlert> found = new HashMap<>();
  private RuleEngine engine;
  private final List<Measurements> measured = new ArrayList<>();
  private Duration observed = Duration.ZERO;
  private int alerts;
  private int ids;
  private @Nullable Observation last;

  /**
   * Creates a trial.
   *
   * @throws io.kydai.analytics.rules.settings.InvalidRuleException when the rule does not fit the
   *     scene
   */
  public RuleTrial(CameraId camera, Scene scene, RuleSpec rule) {
    this.camera = camera;
    this.scene = scene;
    this.rule = rule;
    engine = engine();
  }

  private RuleEngine engine() {
    return new RuleEngine(
        camera, scene, List.of(rule), () -> AlertId.of("trial-" + String.format("%020d", ids++)));
  }

  /** Shows the next observation to the rule. */
  public void observe(Observation observation) {
    if (last != null) {
      if (observation.mediaTime() <= last.mediaTime()) {
        startAnew();
      } else {
        Duration between = Duration.between(last.wallClock(), observation.wallClock());
        if (!between.isNegative() && between.compareTo(GAP) <= 0) {
          observed = observed.plus(between);
        }
      }
    }
    last = observation;
    engine.observe(observation).forEach(alert -> take(alert, observation.wallClock(), observation));
  }

  private void startAnew() {
    end();
    engine = engine();
  }

  private void end() {
    engine.end().forEach(alert -> take(alert, alert.span().end().wallClock(), last));
    measured.add(engine.measurements());
  }

  private void take(Alert alert, Instant now, @Nullable Observation observation) {
    Instant until = alert.span().end().wallClock();
    if (alert.phase() == Alert.Phase.OPENED) {
      alerts++;
      order.add(alert.id());
      found.put(
          alert.id(),
          new TrialAlert(now, until, alert.finding().reason(), boxes(alert, observation)));
      if (order.size() > MAX_FOUND) {
        found.remove(order.remove());
      }
    } else {
      found.computeIfPresent(
          alert.id(),
          (id, known) -> new TrialAlert(known.at(), until, known.reason(), known.boxes()));
    }
  }

  private static List<Box> boxes(Alert alert, @Nullable Observation observation) {
    return observation == null
        ? List.of()
        : observation.tracks().stream()
            .filter(track -> alert.participants().tracks().contains(track.id()))
            .map(Track::box)
            .toList();
  }

  /** Ends the trial, which takes no observation afterwards, and returns its result. */
  public Trial result() {
    end();
    return new Trial(observed, alerts, order.stream().map(found::get).toList(), measured);
  }
}
