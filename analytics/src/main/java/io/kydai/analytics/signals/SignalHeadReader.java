package io.kydai.analytics.signals;

import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.rules.settings.SignalFeed.Shown;
import io.kydai.analytics.rules.settings.SignalFeed.Source;
import io.kydai.analytics.scene.Zone;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a traffic signal from the zone around its lamps: colours by {@link HeadColours}, one
 * picture by {@link Lamps}, many of them by {@link SignalStateFilter}. Looked at by one thread;
 * what it shows may be asked by any.
 */
final class SignalHeadReader {
  private static final Logger LOG = LoggerFactory.getLogger(SignalHeadReader.class);
  private static final long WARN_AFTER = MediaTime.ticksOfSeconds(60);
  private static final String STUCK = "it has not changed for ten minutes";

  private final CameraId camera;
  private final Zone zone;
  private final HeadColours head;
  private final StaticColourFilter still = new StaticColourFilter();
  private final SignalStateFilter belief = new SignalStateFilter();
  private LampReading glance = LampReading.DARK;
  private boolean begun;
  private boolean warned;
  private long clear;

  SignalHeadReader(CameraId camera, Zone zone) {
    this.camera = camera;
    this.zone = zone;
    this.head = new HeadColours(zone);
  }

  /**
   * Looks at the next picture.
   *
   * @param picture null when its colours cannot be read
   */
  synchronized void look(@Nullable PictureColours picture, Frame frame) {
    glance = LampReading.UNREADABLE;
    if (picture != null && head.look(picture, frame.width(), frame.height())) {
      double[] amounts = head.amounts().clone();
      still.takeOff(amounts, frame.mediaTime());
      glance = Lamps.read(amounts, head.whites(), head.amberCentre());
    }
    belief.see(glance, frame.mediaTime(), frame.wallClock());
    tell(frame.mediaTime());
  }

  /** A line once it has not been believed for a minute, and once it is again. */
  private void tell(long mediaTime) {
    boolean known = belief.at(belief.newest()).isPresent();
    if (known || !begun || mediaTime < clear) {
      if (warned && known) {
        LOG.info("{}: signal {} is read again", camera, zone.id());
        warned = false;
      }
      begun = true;
      clear = mediaTime;
    } else if (!warned && mediaTime - clear > WARN_AFTER) {
      LOG.warn("{}: signal {} is not known: {}", camera, zone.id(), doubtful());
      warned = true;
    }
  }

  private String doubtful() {
    return belief.stuck() ? STUCK : glance.words();
  }

  /** What its lamps showed then. */
  synchronized Optional<Shown> shown(Instant when) {
    return belief
        .at(when)
        .flatMap(
            change ->
                Optional.ofNullable(change.light())
                    .map(light -> new Shown(light, change.since(), Source.LAMPS)));
  }

  /** What its lamps show, as far as the pictures have come, and why not if they do not. */
  synchronized SignalState.Lamps state(Instant now) {
    Instant newest = belief.newest();
    if (newest.equals(Instant.MIN) || newest.plus(SignalState.PICTURES_WITHIN).isBefore(now)) {
      return new SignalState.Lamps(null, "no picture has come");
    }
    Optional<Shown> shown = shown(newest);
    return new SignalState.Lamps(
        shown.orElse(null),
        shown.isPresent()
            ? null
            : glance.light().isPresent() && !belief.stuck() ? "the light is changing" : doubtful());
  }
}
