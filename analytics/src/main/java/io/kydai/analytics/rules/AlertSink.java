package io.kydai.analytics.rules;

import io.kydai.analytics.Alert;
import io.kydai.ingest.CameraId;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where one rule puts its alerts.
 *
 * @param coolDown ticks after the rule's last alert ended in which no other opens
 * @param book the camera's
 * @param out the engine's list, emptied by it after each frame
 */
record AlertSink(
    CameraId camera,
    String rule,
    String type,
    long coolDown,
    Supplier<String> ids,
    AlertBook book,
    List<Alert> out) {
  Happening happening(Moment start) {
    return new Happening(this, start);
  }
}
