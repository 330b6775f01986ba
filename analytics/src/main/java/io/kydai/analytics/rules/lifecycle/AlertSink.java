package io.kydai.analytics.rules.lifecycle;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.observation.Timestamp;
import java.util.List;
import java.util.function.Supplier;

/**
 * The sink of one rule: the rule makes the lifecycles of its alerts here, and their reports go to
 * the engine.
 *
 * @param origin the camera and the rule, as its alerts name them
 * @param coolDown ticks after the rule's last alert ended in which no other opens
 * @param openAlerts those of the camera
 * @param out the list that the engine empties after each frame
 */
public record AlertSink(
    Alert.Origin origin,
    long coolDown,
    Supplier<AlertId> ids,
    OpenAlerts openAlerts,
    List<Alert> out) {
  /** Returns the lifecycle of a new event, whose alert is not open yet. */
  public AlertLifecycle begin(Timestamp start) {
    return new AlertLifecycle(this, start);
  }
}
