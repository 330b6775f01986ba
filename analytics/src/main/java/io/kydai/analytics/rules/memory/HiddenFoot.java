package io.kydai.analytics.rules.memory;

import io.kydai.analytics.observation.Track;
import io.kydai.analytics.tracking.ClassGroups;
import io.kydai.ingest.media.MediaTime;
import io.kydai.models.detection.Box;
import org.jspecify.annotations.Nullable;

/**
 * Recognises that something before a vehicle hides its lower part, so that the lower edge of its
 * box is not where it stands.
 *
 * <p>A vehicle that drives away becomes smaller in both directions. One whose box loses height from
 * below and keeps its width and its upper edge is being hidden: its lower edge rises, but the
 * vehicle has not reversed. It stays hidden until its box has nearly the shape again that it had
 * when whole, or another width, or its upper edge has moved on. People change the shape of their
 * boxes with every step, so theirs are not judged.
 */
final class HiddenFoot {
  private static final String VEHICLE = ClassGroups.of("car");
  private static final float LOWER = 0.85f; // of the height when whole
  private static final float FLATTER = 0.85f; // of the height for each width, when whole
  private static final float STILL_FLATTER = 0.92f;
  private static final float NARROWER = 0.9f; // than the width when whole
  private static final float WIDER = 1.15f;
  private static final float FROM_BELOW = 0.6f; // of the height that is missing
  private static final float SAME_TOP = 0.25f; // of the height when whole
  private static final long KNOWN = MediaTime.ticksOfSeconds(5);

  private @Nullable Box whole;
  private long wholeAt;
  private boolean hidden;

  /**
   * Returns whether the foot of the object is hidden on its next picture.
   *
   * @param now media time, 1/90000 s; grows from call to call
   */
  boolean sees(Track track, long now) {
    Box box = track.box();
    Box before = whole;
    if (before == null || !ClassGroups.of(track.label()).equals(VEHICLE)) {
      hidden = false;
      rememberWhole(box, now);
      return false;
    }
    hidden = hidden ? isStillHidden(box, before) : isHidden(box, before);
    if (!hidden
        && (box.height() >= before.height()
            || box.width() < NARROWER * before.width()
            || box.width() > WIDER * before.width()
            || now - wholeAt > KNOWN)) {
      rememberWhole(box, now);
    }
    return hidden;
  }

  private void rememberWhole(Box box, long now) {
    whole = box;
    wholeAt = now;
  }

  private static boolean isHidden(Box box, Box before) {
    float missing = before.height() - box.height();
    return box.height() < LOWER * before.height()
        && flatness(box, before) < FLATTER
        && box.width() >= NARROWER * before.width()
        && box.width() <= WIDER * before.width()
        && hasSameTop(box, before)
        && before.bottom() - box.bottom() > FROM_BELOW * missing;
  }

  private static boolean isStillHidden(Box box, Box before) {
    float wider = box.width() / before.width();
    return flatness(box, before) < STILL_FLATTER
        && wider > 0.5f
        && wider < 1.3f
        && hasSameTop(box, before);
  }

  private static boolean hasSameTop(Box box, Box before) {
    return Math.abs(box.top() - before.top()) <= SAME_TOP * before.height();
  }

  /** The height for each width, as a part of what it was. */
  private static float flatness(Box box, Box before) {
    return box.height() / box.width() / (before.height() / before.width());
  }
}
