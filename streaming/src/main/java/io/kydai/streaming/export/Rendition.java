package io.kydai.streaming.export;

import static java.util.Objects.requireNonNull;

import io.kydai.streaming.privacy.Privacy;
import java.time.ZoneId;

/**
 * What is drawn into the pictures of an export that is encoded anew.
 *
 * @param boxes whether the boxes of what was observed are drawn
 * @param clock whether the camera's id and the time are written
 * @param zone in which the time is written
 * @param hidden what is hidden
 */
public record Rendition(boolean boxes, boolean clock, ZoneId zone, Privacy hidden) {
  public Rendition {
    requireNonNull(zone);
    requireNonNull(hidden);
  }

  /** Returns whether anything is drawn, so that pictures have to be encoded anew. */
  public boolean isNeeded() {
    return boxes || clock || !hidden.isEmpty();
  }
}
