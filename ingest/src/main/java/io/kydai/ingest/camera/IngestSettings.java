package io.kydai.ingest.camera;

import io.kydai.ingest.rtsp.RtspSettings;
import java.time.Duration;

/**
 * How patient ingest is.
 *
 * @param connectTimeout for a TCP connection
 * @param rtsp for answers
 * @param stallTime without access units after which a camera is stalled; after twice as long it is
 *     connected anew
 * @param keyFrameTime to wait for the first key frame while packets arrive
 * @param steadyTime live without a break after which back-off starts from its beginning again
 * @param firstBackOff longest first wait
 * @param longestBackOff longest wait after anything but a refused log-in
 * @param loginBackOff wait after a refused log-in; it doubles five times at most
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
