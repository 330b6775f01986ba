package io.kydai.console.incidents;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.RuleId;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;

/**
 * A rule whose reports the node rejects until a moment.
 *
 * @param actor the name of the person who muted it
 * @param reason why, which the history of each report repeats
 */
public record Mute(
    CameraId camera, RuleId rule, Instant since, Instant until, String actor, String reason) {
  public Mute {
    requireNonNull(camera);
    requireNonNull(rule);
    requireNonNull(since);
    requireNonNull(until);
    requireNonNull(actor);
    requireNonNull(reason);
  }
}
