package io.kydai.console.cameras;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The handover of a camera's fault to somebody who mends it.
 *
 * @param to who mends it, in words, such as the name of a company or an agency
 * @param note what they should know; may be empty
 * @param by the name of the person or program that handed it over
 * @param since when it was handed over
 * @param fault the code of the connection's fault at that time; null where the camera was live, so
 *     that somebody has to end the handover
 */
public record CameraHandover(
    CameraId camera, String to, String note, String by, Instant since, @Nullable String fault) {
  public CameraHandover {
    requireNonNull(camera);
    requireNonNull(to);
    requireNonNull(note);
    requireNonNull(by);
    requireNonNull(since);
  }
}
