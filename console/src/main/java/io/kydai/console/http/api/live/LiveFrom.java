package io.kydai.console.http.api.live;

import static java.util.Objects.requireNonNull;

import io.kydai.streaming.live.event.Fragment;
import io.kydai.streaming.live.event.LiveEvent;
import io.kydai.streaming.live.event.LiveObservation;
import io.kydai.streaming.live.event.LiveSubscriber;
import java.time.Instant;

/**
 * Passes on a live stream from the first key frame on that was taken at or after a moment. A stream
 * begins with the newest group of pictures, which is as old as the camera's last connection where
 * the camera does not send now.
 */
public final class LiveFrom implements LiveSubscriber {
  private final LiveSubscriber subscriber;
  private final Instant from;
  private boolean begun;

  public LiveFrom(LiveSubscriber subscriber, Instant from) {
    this.subscriber = requireNonNull(subscriber);
    this.from = requireNonNull(from);
  }

  @Override
  public boolean ready() {
    return subscriber.ready();
  }

  @Override
  public void onEvent(LiveEvent event) {
    if (event instanceof Fragment fragment && !begun) {
      begun = fragment.keyFrame() && !fragment.wallClock().isBefore(from);
    }
    boolean picture = event instanceof Fragment || event instanceof LiveObservation;
    if (begun || !picture) {
      subscriber.onEvent(event);
    }
  }
}
