package io.kydai.analytics.rules.lifecycle;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.ingest.source.CameraId;
import java.util.List;
import java.util.function.Supplier;

/**
 * The sink of one rule: the rule makes the lifecycles of its alerts here, and what they tell goes
 * to the engine.
 *
 * @param coolDown ticks after the rule's last alert ended in which no other opens
 * @param book the camera's
 * @param out the engine's list, emptied by it after each frame
 */
public record AlertSink(
    CameraId camera,
    String rule,
    String type,
    long coolDown,
    Supplier<String> ids,
    OpenAlerts book,
    List<Alert> out) {
  public AlertLifecycle happening(Timestamp start) {
    return new AlertLifecycle(this, start);
  }
}
