package io.kydai.analytics.budget;

import java.util.Locale;

/** Why a camera's frames are not analysed more often. */
public enum Limit {
  /** They are, as often as the configuration allows. */
  MAXIMUM,
  /** The camera does not send more. */
  CAMERA,
  /** Nothing moves before the camera. */
  IDLE,
  /** Everything that is seen is certain enough for the moment. */
  CERTAIN,
  /** There is no time for more: it is shared with other cameras, by weight. */
  BUDGET;

  /** As in answers. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
