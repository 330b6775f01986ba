package io.kydai.ingest.source;

/** What a camera's stream is for, where it has two (ONVIF Media Service, 5.2). */
public enum StreamRole {
  /** The large one, for people. */
  MAIN,
  /** The small one, for analysis and small pictures. */
  SUB
}
