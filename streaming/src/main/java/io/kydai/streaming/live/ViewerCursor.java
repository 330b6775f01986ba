package io.kydai.streaming.live;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.media.CodecParameters;
import io.kydai.streaming.live.event.Fragment;
import io.kydai.streaming.live.event.LiveEvent;
import io.kydai.streaming.live.event.LiveEvent.Alignment;
import io.kydai.streaming.live.event.LiveEvent.Gap;
import io.kydai.streaming.live.event.LiveEvent.Initialisation;
import io.kydai.streaming.live.event.LiveObservation;
import io.kydai.streaming.live.event.LiveSubscriber;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's place in a live stream. It holds no pictures: a subscriber that is not ready
 * stays where it is in the group of pictures, catches up when it is ready again, and loses what it
 * has not got when the next group begins.
 */
final class ViewerCursor {
  private static final LiveEvent END = new LiveEvent.End();

  private final LiveSubscriber subscriber;
  private int place;
  private Gap.@Nullable Reason gap;
  private @Nullable CodecParameters initialised;
  private @Nullable Alignment aligned;
  private volatile boolean closed;

  ViewerCursor(LiveSubscriber subscriber) {
    this.subscriber = requireNonNull(subscriber);
  }

  void close() {
    closed = true;
  }

  boolean closed() {
    return closed;
  }

  /**
   * Goes to the start of the group that is about to begin.
   *
   * @param end of the group that ends
   * @return how many fragments the subscriber lost
   */
  int turn(int end) {
    int lost = initialised == null ? 0 : end - place;
    if (lost > 0) {
      expectGap(Gap.Reason.SLOW_SUBSCRIBER);
    }
    place = 0;
    return lost;
  }

  /** Notes that the next group does not follow on what was sent. The first reason counts. */
  void expectGap(Gap.Reason reason) {
    if (initialised != null && gap == null) {
      gap = reason;
    }
  }

  /**
   * Sends what the subscriber lacks, as long as it is ready.
   *
   * @param initialisation of the group's codec parameters; absent before the first group
   */
  void catchUp(GroupOfPictures group, @Nullable Initialisation initialisation) {
    while (!closed && group.has(place) && subscriber.ready()) {
      Fragment next = group.at(place);
      if (place == 0 && initialisation != null) {
        start(next, initialisation);
      }
      subscriber.onEvent(next);
      place++;
    }
  }

  private void start(Fragment keyFrame, Initialisation initialisation) {
    if (gap != null) {
      subscriber.onEvent(new Gap(keyFrame.mediaTime(), gap));
      gap = null;
    }
    if (initialised == null || !initialised.equals(initialisation.parameters())) {
      initialised = initialisation.parameters();
      subscriber.onEvent(initialisation);
    }
  }

  /** Sends how observations' times are found, where that is not what it was told last. */
  void align(Alignment alignment) {
    if (!closed && initialised != null && !alignment.equals(aligned) && subscriber.ready()) {
      aligned = alignment;
      subscriber.onEvent(alignment);
    }
  }

  void observe(LiveObservation observation) {
    if (!closed && initialised != null && subscriber.ready()) {
      subscriber.onEvent(observation);
    }
  }

  void end() {
    if (!closed) {
      closed = true;
      subscriber.onEvent(END);
    }
  }
}
