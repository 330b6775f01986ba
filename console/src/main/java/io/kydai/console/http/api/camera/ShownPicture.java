package io.kydai.console.http.api.camera;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * An analysed picture with its boxes.
 *
 * @param takenAt the best estimate of when it was taken
 * @param jpeg not to be changed
 */
public record ShownPicture(Instant takenAt, byte[] jpeg) {
  public ShownPicture {
    requireNonNull(takenAt);
    requireNonNull(jpeg);
  }
}
