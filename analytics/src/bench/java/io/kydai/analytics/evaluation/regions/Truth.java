package io.kydai.analytics.evaluation.regions;

import io.kydai.models.detection.Box;

/**
 * One object on one frame.
 *
 * @param id the same over frames where that is known, otherwise 0
 * @param group as {@link io.kydai.analytics.tracking.ClassGroups} names it; {@value #IGNORE} where
 *     nobody can tell what is there, so that what is found in it does not count
 * @param box in pixels
 */
record Truth(int id, String group, Box box) {
  static final String IGNORE = "ignore";

  boolean ignored() {
    return group.equals(IGNORE);
  }
}
