package io.kydai.ingest.source;

/** The transport of a camera's RTP packets. */
public enum Transport {
  /** Interleaved on the RTSP connection, or over UDP when the camera refuses that. */
  AUTO,
  /** Interleaved on the RTSP connection (RFC 2326, section 10.12) only. */
  TCP,
  /** Over UDP, or interleaved when the camera refuses UDP or no packet arrives. */
  UDP,
  /** Interleaved on an RTSP connection that is tunnelled in two HTTP connections, for firewalls. */
  HTTP
}
