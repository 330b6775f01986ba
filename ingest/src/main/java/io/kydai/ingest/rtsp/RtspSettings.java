package io.kydai.ingest.rtsp;

import java.time.Duration;

/**
 * How long to wait.
 *
 * @param responseTimeout for each answer until the camera plays
 * @param teardownTimeout for the answer to TEARDOWN before the connection is closed all the same
 * @param datagramTimeout for the first packet over UDP after the camera agreed to play
 */
public record RtspSettings(
    Duration responseTimeout, Duration teardownTimeout, Duration datagramTimeout) {
  public static final RtspSettings DEFAULT =
      new RtspSettings(Duration.ofSeconds(10), Duration.ofSeconds(1));

  /** With four seconds for the first datagram. */
  public RtspSettings(Duration responseTimeout, Duration teardownTimeout) {
    this(responseTimeout, teardownTimeout, Duration.ofSeconds(4));
  }
}
