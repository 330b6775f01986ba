package io.kydai.streaming.live;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.observation.Observation;
import io.kydai.ingest.concurrent.SerialExecutor;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.live.event.Fragment;
import io.kydai.streaming.live.event.LiveEvent.Alignment;
import io.kydai.streaming.live.event.LiveEvent.Gap;
import io.kydai.streaming.live.event.LiveEvent.Initialisation;
import io.kydai.streaming.live.event.LiveObservation;
import io.kydai.streaming.live.event.LiveSubscriber;
import io.kydai.streaming.mp4.FragmentTimes;
import io.kydai.streaming.mp4.Fragments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A camera's live stream: its pictures are muxed once and shared by its subscribers.
 *
 * <p>{@link #watch} may be called on any thread; everything else, and every call to a subscriber,
 * is on the camera's executor. A subscriber that throws is logged and gets nothing more; the others
 * go on.
 *
 * <p>There are at most {@value #MAX_VIEWERS} subscribers; the next is refused. After a
 * discontinuity pictures wait for a key frame, since what they refer to is not there; damaged
 * pictures are left out.
 */
public final class LiveStream {
  static final int MAX_VIEWERS = 64;

  private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);

  private final CameraId camera;
  private final SerialExecutor executor;
  private final IntConsumer onDropped;
  private final AtomicInteger places = new AtomicInteger();
  private final List<ViewerCursor> viewers = new ArrayList<>();
  private final GroupOfPictures group = new GroupOfPictures();
  private final FragmentTimes times = new FragmentTimes();
  private @Nullable Initialisation initialisation;
  private @Nullable Alignment alignment;
  private long number;
  private long expectedSequence = -1;
  private boolean waitingForKeyFrame = true;
  private boolean afresh = true;
  private boolean ended;

  /**
   * @param executor of the camera
   * @param onDropped is told how many fragments a subscriber has just lost
   */
  public LiveStream(CameraId camera, SerialExecutor executor, IntConsumer onDropped) {
    this.camera = requireNonNull(camera);
    this.executor = requireNonNull(executor);
    this.onDropped = requireNonNull(onDropped);
  }

  /** How many subscribers there are. */
  public int viewers() {
    return places.get();
  }

  /**
   * Takes a subscriber in, which gets the newest group of pictures at once.
   *
   * @return closing it ends the subscription; empty when all places are taken
   */
  public Optional<Subscription> watch(LiveSubscriber subscriber) {
    if (places.getAndUpdate(taken -> Math.min(taken + 1, MAX_VIEWERS)) == MAX_VIEWERS) {
      return Optional.empty();
    }
    ViewerCursor cursor = new ViewerCursor(subscriber);
    executor.execute(() -> join(cursor));
    return Optional.of(
        () -> {
          if (!cursor.closed()) {
            cursor.close();
            executor.execute(() -> leave(cursor));
          }
        });
  }

  private void join(ViewerCursor cursor) {
    viewers.add(cursor);
    if (ended) {
      each(ViewerCursor::end, List.of(cursor));
      leave(cursor);
    } else {
      each(this::catchUp, List.of(cursor));
    }
  }

  private void leave(ViewerCursor cursor) {
    if (viewers.remove(cursor)) {
      places.decrementAndGet();
    }
  }

  /** Takes the next access unit, in decoding order. */
  public void add(AccessUnit unit) {
    boolean hole = unit.sequence() != expectedSequence;
    expectedSequence = unit.sequence() + 1;
    if (hole || unit.discontinuity() || unit.damaged()) {
      waitingForKeyFrame = true;
      if (!afresh) {
        afresh = true;
        Gap.Reason reason = reason(unit);
        viewers.forEach(viewer -> viewer.expectGap(reason));
      }
    }
    if (unit.damaged() || waitingForKeyFrame && !unit.keyFrame()) {
      return;
    }
    waitingForKeyFrame = false;
    long decodeTime = times.next(unit.decodeTime(), afresh);
    afresh = false;
    Fragment fragment = new Fragment(++number, unit, decodeTime, times.duration());
    if (unit.keyFrame()) {
      turn(unit.parameters());
      group.start(fragment);
    } else {
      group.add(fragment);
    }
    each(this::catchUp, List.copyOf(viewers));
  }

  private void catchUp(ViewerCursor viewer) {
    viewer.catchUp(group, initialisation);
    if (alignment != null) {
      viewer.align(alignment);
    }
  }

  /**
   * Tells subscribers, now and when they join, how the times of observations are found on these
   * pictures. A stream that is analysed itself needs none.
   */
  public void align(Alignment now) {
    alignment = now;
    each(viewer -> viewer.align(now), List.copyOf(viewers));
  }

  private static Gap.Reason reason(AccessUnit unit) {
    if (unit.discontinuity()) {
      return Gap.Reason.DISCONTINUITY;
    }
    return unit.damaged() ? Gap.Reason.DAMAGED : Gap.Reason.OVERLOAD;
  }

  private void turn(CodecParameters parameters) {
    if (initialisation == null || !initialisation.parameters().equals(parameters)) {
      initialisation = new Initialisation(parameters, Fragments.initialisation(parameters));
    }
    for (ViewerCursor viewer : viewers) {
      int lost = viewer.turn(group.end());
      if (lost > 0) {
        onDropped.accept(lost);
      }
    }
  }

  /** Sends an observation to the subscribers that are ready; the others do not get it later. */
  public void add(Observation observation) {
    if (!viewers.isEmpty()) {
      LiveObservation event = new LiveObservation(observation);
      each(viewer -> viewer.observe(event), List.copyOf(viewers));
    }
  }

  /** Tells every subscriber the end, and lets them go; one that comes later is told at once. */
  public void end() {
    ended = true;
    group.clear();
    List<ViewerCursor> all = List.copyOf(viewers);
    each(ViewerCursor::end, all);
    all.forEach(this::leave);
  }

  private void each(Consumer<ViewerCursor> call, List<ViewerCursor> to) {
    for (ViewerCursor cursor : to) {
      try {
        call.accept(cursor);
      } catch (RuntimeException e) {
        LOG.warn("camera {}: a viewer failed and gets nothing more", camera, e);
        cursor.close();
        leave(cursor);
      }
    }
  }
}
