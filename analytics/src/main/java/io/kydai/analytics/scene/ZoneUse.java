package io.kydai.analytics.scene;

/** What a zone is drawn for. */
public enum ZoneUse {
  /** A place that rules ask about. */
  AREA,
  /** One lane of a road; may have a direction. */
  LANE,
  /** Objects that stand here are passed to no rule: on a screen, in a mirror, beyond a fence. */
  IGNORE,
  /** Around the lamps of a traffic signal, for whatever reads its state. */
  SIGNAL,
  /** Where objects are small in the picture, so that closer looks are wanted. */
  FAR
}
