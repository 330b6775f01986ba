package io.kydai.ingest.onvif;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a camera for a key frame by ONVIF, for those that do not heed RTCP's PLI. It never waits: a
 * request is dropped while one is under way and within a second of the last, since a camera that
 * makes key frames all the time has no bits left for the picture. A failure is logged and
 * forgotten; the next key frame comes by itself. Any thread.
 */
public final class OnvifKeyFrames implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(OnvifKeyFrames.class);
  private static final Duration LEAST = Duration.ofSeconds(1);

  private final OnvifCamera camera;
  private final MediaProfile profile;
  private final Clock clock;
  private boolean underWay;
  private Optional<Instant> last = Optional.empty();

  /**
   * @param profile the one whose stream is watched
   */
  public OnvifKeyFrames(OnvifCamera camera, MediaProfile profile, Clock clock) {
    this.camera = camera;
    this.profile = profile;
    this.clock = clock;
  }

  @Override
  public void run() {
    if (!begin()) {
      return;
    }
    camera
        .synchronize(profile)
        .whenComplete(
            (done, failure) -> {
              end();
              if (failure != null) {
                LOG.warn("no key frame by ONVIF: {}", OnvifException.of(failure).getMessage());
              }
            });
  }

  private synchronized boolean begin() {
    Instant now = clock.instant();
    if (underWay || last.map(then -> now.isBefore(then.plus(LEAST))).orElse(false)) {
      return false;
    }
    underWay = true;
    last = Optional.of(now);
    return true;
  }

  private synchronized void end() {
    underWay = false;
  }
}
