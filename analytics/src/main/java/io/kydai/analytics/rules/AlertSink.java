package io.kydai.analytics.rules;

import io.kydai.analytics.Alert;
import io.kydai.ingest.CameraId;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where one rule puts its alerts.
 *
 * @param out the engine's list, emptied by it after each frame
 */
record AlertSink(CameraId camera, String rule, String type, Supplier<String> ids, List<Alert> out) {
  Happening happening(Moment start) {
    return new Happening(this, start);
  }
}
