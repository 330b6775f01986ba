package io.kydai.ingest.rtsp;

import java.time.Duration;

/**
 * The timeouts of an RTSP session.
 *
 * @param responseTimeout the time limit for each response until the camera plays
 * @param teardownTimeout the time limit for the response to TEARDOWN, after which the connection is
 *     closed
 * @param datagramTimeout the time limit for the first packet over UDP after the camera agreed to
 *     play
 */
public record RtspSettings(
    Duration responseTimeout, Duration teardownTimeout, Duration datagramTimeout) {
  public static final RtspSettings DEFAULT =
      new RtspSettings(Duration.ofSeconds(10), Duration.ofSeconds(1));

  /** Creates settings with a {@code datagramTimeout} of 4 s. */
  public RtspSettings(Duration responseTimeout, Duration teardownTimeout) {
    this(responseTimeout, teardownTimeout, Duration.ofSeconds(4));
  }
}
