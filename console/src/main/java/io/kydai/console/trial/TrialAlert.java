package io.kydai.console.trial;

import io.kydai.models.detection.Box;
import java.time.Instant;
import java.util.List;

/**
 * An alert that a rule on trial would have raised.
 *
 * @param at when it would have been raised
 * @param until the newest moment at which its condition held
 * @param reason the sentence of the alert, in English
 * @param boxes where its objects were when it was raised, in parts of the picture
 */
public record TrialAlert(Instant at, Instant until, String reason, List<Box> boxes) {
  public TrialAlert {
    boxes = List.copyOf(boxes);
  }
}
