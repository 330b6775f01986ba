package io.kydai.console.config.camera;

/** The purpose for which a configuration is read. */
public enum Purpose {
  /** A server receives the cameras' streams, so that each camera needs an address. */
  SERVER,
  /** Files are analysed, so that addresses may be omitted. */
  ANALYSIS
}
