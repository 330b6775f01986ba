package io.kydai.console.config.camera;

/** What a configuration is read for. */
public enum Purpose {
  /** Cameras are to be pulled: each needs its address. */
  SERVER,
  /** Files are to be analysed: addresses may be left out. */
  ANALYSIS
}
