package io.kydai.analytics.scene;

/** What a zone is drawn for. */
public enum ZoneUse {
  /** A place that rules ask about. */
  AREA,
  /** One lane of a road; may have a direction. */
  LANE,
  /** What stands here is not shown to any rule: a screen, a mirror, a parking lot next door. */
  IGNORE,
  /** Around the lamps of a traffic signal, for whatever reads its state. */
  SIGNAL,
  /** Where objects are small in the picture, so that closer looks are wanted. */
  FAR
}
