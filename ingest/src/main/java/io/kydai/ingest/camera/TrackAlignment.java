package io.kydai.ingest.camera;

import io.kydai.ingest.media.MediaTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lines up the tracks of one connection by the camera's clock, as its sender reports tell it (RFC
 * 3550, section 6.4.1): what has the same time there has the same media time. It holds the newest
 * picture's times only. Used on the camera's event loop.
 */
final class TrackAlignment {
  /** Reports of two tracks that are further apart do not tell of one clock. */
  private static final Duration MOST_APART = Duration.ofSeconds(10);

  private long pictureMediaTime;
  private @Nullable Instant pictureTime;

  /**
   * Notes a picture.
   *
   * @param mediaTime 1/90000 s
   * @param time by the camera's clock
   */
  void picture(long mediaTime, Instant time) {
    pictureMediaTime = mediaTime;
    pictureTime = time;
  }

  /**
   * Returns the media time of a moment by the camera's clock; empty where that of the pictures is
   * not known, or the two are more than 10 s apart.
   */
  Optional<Long> mediaTime(Instant time) {
    Instant reference = pictureTime;
    if (reference == null) {
      return Optional.empty();
    }
    Duration since = Duration.between(reference, time);
    return since.abs().compareTo(MOST_APART) > 0
        ? Optional.empty()
        : Optional.of(pictureMediaTime + MediaTime.ticks(since));
  }
}
