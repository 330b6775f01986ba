package io.kydai.streaming.live.whep;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.media.Codec;
import io.kydai.streaming.live.event.Fragment;
import io.kydai.streaming.live.event.LiveEvent;
import io.kydai.streaming.live.event.LiveEvent.End;
import io.kydai.streaming.live.event.LiveEvent.Gap;
import io.kydai.streaming.live.event.LiveEvent.Initialisation;
import io.kydai.streaming.live.event.LiveSubscriber;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands a camera's pictures over to a session's thread. Observations are not sent: a page has them
 * by the WebSocket.
 *
 * <p>Bound: {@value #MOST_UNSENT} bytes of pictures that were not sent yet, and the one that
 * exceeds it; then it is not ready, and what it has not got by the next key frame is lost to it.
 */
final class PictureFeed implements LiveSubscriber {
  static final long MOST_UNSENT = 2L << 20;

  /** Takes what comes, on the session's thread. */
  interface Taker {
    /**
     * @param feed is told when the picture has been sent
     */
    void onPicture(PictureFeed feed, Fragment picture);

    /** What comes next does not go on from what was before. */
    void onGap(PictureFeed feed);

    /**
     * @param reason in words
     */
    void onEnd(PictureFeed feed, String reason);
  }

  private final Executor thread;
  private final Taker taker;
  private final AtomicLong unsent = new AtomicLong();

  PictureFeed(Executor thread, Taker taker) {
    this.thread = requireNonNull(thread);
    this.taker = requireNonNull(taker);
  }

  @Override
  public boolean ready() {
    return unsent.get() < MOST_UNSENT;
  }

  @Override
  public void onEvent(LiveEvent event) {
    if (event instanceof Fragment picture) {
      if (StreamProbe.isReordered(picture)) {
        thread.execute(() -> taker.onEnd(this, "the camera sends B-pictures now"));
      } else {
        unsent.addAndGet(picture.size());
        thread.execute(() -> taker.onPicture(this, picture));
      }
    } else if (event instanceof Gap) {
      thread.execute(() -> taker.onGap(this));
    } else if (event instanceof Initialisation initialisation
        && initialisation.parameters().codec() != Codec.H264) {
      thread.execute(() -> taker.onEnd(this, "the camera sends another codec now"));
    } else if (event instanceof End) {
      thread.execute(() -> taker.onEnd(this, "the camera was removed"));
    }
  }

  /** Is told that a picture has been sent, or thrown away. */
  void sent(int bytes) {
    unsent.addAndGet(-bytes);
  }
}
