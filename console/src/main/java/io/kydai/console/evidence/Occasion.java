package io.kydai.console.evidence;

import java.util.Locale;

/** What a manifest was written on. */
enum Occasion {
  /** The evidence that an alert is to have was there. */
  COMPLETE,
  /** A file was added or replaced, or the event ended, since the manifest before. */
  CHANGED,
  /** The node started, and found evidence without its manifest. */
  START;

  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
