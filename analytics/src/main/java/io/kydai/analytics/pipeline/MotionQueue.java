package io.kydai.analytics.pipeline;

import io.kydai.analytics.motion.PictureMotion;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * The motion of one camera's pictures on its way from the decoder to the tracker. Any thread; no
 * call waits.
 *
 * <p>Bound: {@value #MOST} pictures. When one more comes, all are dropped, and so is the field of
 * the next picture that is no B-picture: its vectors lead from a picture that the tracker has not
 * seen. Tracks are predicted over that time as if the stream declared no motion.
 */
final class MotionQueue {
  static final int MOST = 32;

  private final ArrayDeque<PictureMotion> pictures = new ArrayDeque<>();
  private boolean gap;

  /** Forgets what is here: the next picture's vectors lead from one that was not handed over. */
  synchronized void restart() {
    pictures.clear();
    gap = true;
  }

  /** Puts a picture at the end; pictures come in the order in which they are shown. */
  synchronized void offer(PictureMotion picture) {
    if (pictures.size() == MOST) {
      pictures.clear();
      gap = true;
    }
    if (gap && !picture.field().bidirectional()) {
      pictures.add(picture.withoutField());
      gap = false;
    } else {
      pictures.add(picture);
    }
  }

  /** Takes the first picture, if it is not later than a media time. */
  synchronized Optional<PictureMotion> poll(long until) {
    PictureMotion first = pictures.peek();
    return first == null || first.mediaTime() > until
        ? Optional.empty()
        : Optional.of(pictures.remove());
  }

  /** Forgets what is here. */
  synchronized void clear() {
    pictures.clear();
  }
}
