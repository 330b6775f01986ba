package io.kydai.ingest.rtsp;

import java.time.Duration;

/**
 * How long to wait.
 *
 * @param responseTimeout for each answer until the camera plays
 * @param teardownTimeout for the answer to TEARDOWN before the connection is closed all the same
 */
public record RtspSettings(Duration responseTimeout, Duration teardownTimeout) {
  public static final RtspSettings DEFAULT =
      new RtspSettings(Duration.ofSeconds(10), Duration.ofSeconds(1));
}
