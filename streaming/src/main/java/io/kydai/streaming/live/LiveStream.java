package io.kydai.streaming.live;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.observation.Observation;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.LiveViewer;
import io.kydai.streaming.mp4.FragmentTimes;
import io.kydai.streaming.mp4.Fragments;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A camera's live stream: its pictures are muxed once and shared by its viewers.
 *
 * <p>{@link #watch} may be called on any thread; everything else, and every call to a viewer, is on
 * the camera's lane. A viewer that throws is logged and watches no more; the others go on.
 *
 * <p>There are at most 64 viewers; the next is refused. After a discontinuity pictures wait for a
 * key frame, for what they refer to is not there; damaged ones are passed over.
 */
public final class LiveStream {
  static final int MAX_VIEWERS = 64;

  private static final Logger log = LoggerFactory.getLogger(LiveStream.class);

  private final CameraId camera;
  private final Lane lane;
  private final IntConsumer onDropped;
  private final AtomicInteger places = new AtomicInteger();
  private final List<ViewerCursor> viewers = new ArrayList<>();
  private final GroupOfPictures group = new GroupOfPictures();
  private final FragmentTimes times = new FragmentTimes();
  private Initialisation initialisation;
  private long number;
  private long expectedSequence = -1;
  private boolean waitingForKeyFrame = true;
  private boolean afresh = true;
  private boolean ended;

  /** What a viewer gets before the first fragment of these parameters. */
  record Initialisation(CodecParameters parameters, String text, ByteBuffer segment) {
    static Initialisation of(CodecParameters parameters) {
      return new Initialisation(
          parameters, LiveMessages.init(parameters), Fragments.initialisation(parameters));
    }
  }

  /**
   * @param onDropped hears how many fragments a viewer has just lost
   */
  public LiveStream(CameraId camera, Lane lane, IntConsumer onDropped) {
    this.camera = requireNonNull(camera);
    this.lane = requireNonNull(lane);
    this.onDropped = requireNonNull(onDropped);
  }

  /** How many watch. */
  public int viewers() {
    return places.get();
  }

  /**
   * Lets a viewer in.
   *
   * @return empty when all places are taken
   */
  public Optional<Subscription> watch(LiveViewer viewer) {
    if (places.getAndUpdate(taken -> Math.min(taken + 1, MAX_VIEWERS)) == MAX_VIEWERS) {
      return Optional.empty();
    }
    ViewerCursor cursor = new ViewerCursor(viewer);
    lane.execute(() -> join(cursor));
    return Optional.of(
        () -> {
          if (!cursor.closed()) {
            cursor.close();
            lane.execute(() -> leave(cursor));
          }
        });
  }

  private void join(ViewerCursor cursor) {
    viewers.add(cursor);
    if (ended) {
      each(ViewerCursor::end, List.of(cursor));
      leave(cursor);
    } else {
      each(viewer -> viewer.catchUp(group, initialisation), List.of(cursor));
    }
  }

  private void leave(ViewerCursor cursor) {
    if (viewers.remove(cursor)) {
      places.decrementAndGet();
    }
  }

  /** The next access unit in decoding order. */
  public void add(AccessUnit unit) {
    boolean hole = unit.sequence() != expectedSequence;
    expectedSequence = unit.sequence() + 1;
    if (hole || unit.discontinuity() || unit.damaged()) {
      waitingForKeyFrame = true;
      if (!afresh) {
        afresh = true;
        viewers.forEach(ViewerCursor::expectGap);
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
    each(viewer -> viewer.catchUp(group, initialisation), List.copyOf(viewers));
  }

  private void turn(CodecParameters parameters) {
    if (initialisation == null || !initialisation.parameters().equals(parameters)) {
      initialisation = Initialisation.of(parameters);
    }
    for (ViewerCursor viewer : viewers) {
      int lost = viewer.turn(group.end());
      if (lost > 0) {
        onDropped.accept(lost);
      }
    }
  }

  /** Sends an observation to the viewers that keep up; the others have newer things to wait for. */
  public void add(Observation observation) {
    if (!viewers.isEmpty()) {
      String text = LiveMessages.observation(observation);
      each(viewer -> viewer.observe(text), List.copyOf(viewers));
    }
  }

  /** Tells every viewer the end, and lets them go. */
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
        log.warn("camera {}: a viewer failed and is let go", camera, e);
        cursor.close();
        leave(cursor);
      }
    }
  }
}
