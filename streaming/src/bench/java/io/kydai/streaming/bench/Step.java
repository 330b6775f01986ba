package io.kydai.streaming.bench;

import io.kydai.analytics.inference.Stage;
import java.util.Locale;

/** A row of the table. */
enum Step {
  DECODE,
  SCALE,
  INFERENCE,
  TRACK,
  RULES,
  MUX,
  /** An annotated JPEG: once for each alert, not for each frame, so it is in no sum. */
  SNAPSHOT;

  static Step of(Stage stage) {
    return valueOf(stage.name());
  }

  boolean everyFrame() {
    return this != SNAPSHOT;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT) + (everyFrame() ? "" : ", for an alert");
  }
}
