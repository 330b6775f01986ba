package io.kydai.ingest.source;

/** How a camera's packets are to travel. */
public enum Transport {
  /** TCP, and UDP where the camera refuses TCP. */
  AUTO,
  /** In frames on the RTSP connection, and in no other way. */
  TCP,
  /** UDP, and TCP where the camera refuses UDP or no packet gets through. */
  UDP,
  /** The RTSP connection itself in a pair of HTTP connections, for firewalls. */
  HTTP
}
