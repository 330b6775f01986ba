package io.kydai.ingest.camera;

import io.kydai.ingest.rtsp.RtspSettings;
import java.time.Duration;

/**
 * The time limits of ingest.
 *
 * @param connectTimeout the time limit for opening a TCP connection
 * @param rtsp the time limits of an RTSP session
 * @param stallTime the time without access units after which a camera is stalled; after twice this
 *     time it is reconnected
 * @param keyFrameTime the time limit for the first key frame while packets arrive
 * @param steadyTime the time that a camera must be live without interruption before its back-off is
 *     reset
 * @param firstBackOff the longest first wait before reconnecting
 * @param longestBackOff the longest wait after any failure except a rejected authentication
 * @param loginBackOff the first wait after a rejected authentication; it doubles at most five times
 */
public record IngestSettings(
    Duration connectTimeout,
    RtspSettings rtsp,
    Duration stallTime,
    Duration keyFrameTime,
    Duration steadyTime,
    Duration firstBackOff,
    Duration longestBackOff,
    Duration loginBackOff) {
  public static final IngestSettings DEFAULT =
      new IngestSettings(
          Duration.ofSeconds(5),
          RtspSettings.DEFAULT,
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          Duration.ofMinutes(1));
}
