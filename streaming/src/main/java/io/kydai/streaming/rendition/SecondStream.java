package io.kydai.streaming.rendition;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.observation.Observation;
import io.kydai.ingest.concurrent.SerialExecutor;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.live.LiveStream;
import io.kydai.streaming.live.event.LiveEvent.Alignment;
import io.kydai.streaming.live.event.LiveSubscriber;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of a camera that is not analysed. It is received while it is recorded, and else from
 * the first viewer on until some seconds after the last one, so that going to and fro does not
 * connect each time. Safe for many threads.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>second streams received for viewers at a time, of all cameras</td><td>{@value #MOST}</td><td>a viewer
 *     is refused, and stays with the other stream</td></tr>
 * <tr><td>time that it is received without a viewer</td><td>10 s</td><td>it ends</td></tr>
 * <tr><td>viewers; pictures that are kept; tasks that wait</td><td>as {@link LiveStream} and {@link
 *     SerialExecutor} have it</td><td>refused; forgotten; left out up to the next key frame</td></tr>
 * </table>
 */
public final class SecondStream {
  /** The most second streams that are received for viewers at a time, which share a semaphore. */
  public static final int MOST = 32;

  /** How long the stream goes on without a viewer. */
  public static final Duration LINGER = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(SecondStream.class);

  /** A change of the offset by less than this, 10 ms in 1/90000 s, is not worth a message. */
  private static final long WORTH_TELLING = 900;

  private final CameraId camera;
  private final OnDemandSource source;
  private final SerialExecutor executor;
  private final Semaphore places;
  private final BiFunction<Duration, Runnable, Runnable> timer;
  private final LongSupplier nanoTime;
  private final IntConsumer onDropped;
  private volatile @Nullable Reception reception;
  private volatile @Nullable Consumer<AccessUnit> recorder;
  private boolean ended;

  /**
   * @param threads shared with other streams
   * @param places one permit for each second stream that may be received at a time
   * @param timer runs a task after a time; running what it returns cancels that
   * @param nanoTime a monotonic clock
   * @param onDropped is told how many fragments a viewer has just lost
   */
  public SecondStream(
      CameraId camera,
      OnDemandSource source,
      Executor threads,
      Semaphore places,
      BiFunction<Duration, Runnable, Runnable> timer,
      LongSupplier nanoTime,
      IntConsumer onDropped) {
    this.camera = requireNonNull(camera);
    this.source = requireNonNull(source);
    executor = new SerialExecutor("second stream of camera " + camera, threads);
    this.places = requireNonNull(places);
    this.timer = requireNonNull(timer);
    this.nanoTime = requireNonNull(nanoTime);
    this.onDropped = requireNonNull(onDropped);
  }

  /**
   * Sends the stream to a viewer, and begins to receive it where that is not so yet.
   *
   * @return closing it ends the viewing; empty when too many watch it, or too many second streams
   *     are received, or after {@link #end}
   */
  public synchronized Optional<Subscription> watch(LiveSubscriber subscriber) {
    if (ended) {
      return Optional.empty();
    }
    Reception now = reception;
    if (now == null) {
      if (!places.tryAcquire()) {
        LOG.warn("camera {}: {} second streams are received already", camera, MOST);
        return Optional.empty();
      }
      now = begin(true);
    }
    Reception watched = now;
    return watched.live.watch(subscriber).map(watched::joined);
  }

  private Reception begin(boolean hasPlace) {
    Reception now = new Reception(hasPlace);
    try {
      now.begin();
    } catch (RuntimeException e) {
      now.release();
      throw e;
    }
    reception = now;
    return now;
  }

  /** Runs what is done with the stream, one task at a time. */
  public Executor executor() {
    return executor;
  }

  /**
   * Receives the stream whether anybody watches or not, and hands it to a recorder on the executor.
   *
   * @param taker null where it is recorded no more; viewers are told the end then
   */
  public synchronized void record(@Nullable Consumer<AccessUnit> taker) {
    boolean wasRecorded = recorder != null;
    if (ended || taker == null && !wasRecorded) {
      return;
    }
    recorder = taker;
    Reception now = reception;
    if (now == null) {
      if (taker != null) {
        begin(false);
      }
    } else if (taker == null) {
      now.end();
    } else {
      now.release();
    }
  }

  /** Returns how many watch it. */
  public int viewers() {
    Reception now = reception;
    return now == null ? 0 : now.live.viewers();
  }

  /** Returns whether it is received now. */
  public boolean isReceived() {
    return reception != null;
  }

  /** Takes a picture of the analysed stream, whose clock is compared. Called on its event loop. */
  public void analysed(AccessUnit unit) {
    Reception now = reception;
    if (now != null) {
      now.alignment.analysed(unit, nanoTime.getAsLong());
    }
  }

  /** Sends an observation of the analysed stream to those who watch this one. */
  public void observe(Observation observation) {
    Reception now = reception;
    if (now != null) {
      executor.offer(0, () -> now.live.add(observation));
    }
  }

  /** Ends the reception and tells viewers the end; nothing happens after it. */
  public synchronized void end() {
    ended = true;
    Reception now = reception;
    if (now != null) {
      now.end();
    }
  }

  /** The stream from one beginning to its end; a later one shows nothing that was kept here. */
  private final class Reception {
    private final LiveStream live = new LiveStream(camera, executor, onDropped);
    private final StreamAlignment alignment = new StreamAlignment();
    private Subscription pulled = () -> {};
    private Runnable lingering = () -> {};
    private int viewers;
    private boolean hasPlace;

    /** Belongs to the stream's event loop. */
    private boolean droppingToKeyFrame;

    /** Belongs to the executor. */
    private @Nullable Alignment told;

    /**
     * @param hasPlace whether it holds one of the places of viewers
     */
    Reception(boolean hasPlace) {
      this.hasPlace = hasPlace;
    }

    void release() {
      if (hasPlace) {
        hasPlace = false;
        places.release();
      }
    }

    void begin() {
      LOG.info("camera {}: its second stream is received", camera);
      pulled = source.pull(this::onAccessUnit);
    }

    private void onAccessUnit(AccessUnit unit) {
      Alignment holds = alignment.second(unit, nanoTime.getAsLong());
      if (droppingToKeyFrame && (unit.damaged() || !unit.keyFrame())) {
        return;
      }
      boolean taken =
          executor.offer(
              unit.size(),
              () -> {
                Consumer<AccessUnit> recording = recorder;
                if (recording != null) {
                  recording.accept(unit);
                }
                live.add(unit);
                tell(holds);
              });
      if (!taken && !droppingToKeyFrame) {
        LOG.warn("camera {}: its second stream drops to the next key frame", camera);
      }
      droppingToKeyFrame = !taken;
    }

    private void tell(Alignment holds) {
      Alignment before = told;
      if (before == null
          || before.basis() != holds.basis()
          || Math.abs(before.offset() - holds.offset()) > WORTH_TELLING) {
        told = holds;
        live.align(holds);
      }
    }

    Subscription joined(Subscription viewing) {
      viewers++;
      lingering.run();
      boolean[] left = {false};
      return () -> {
        viewing.close();
        synchronized (SecondStream.this) {
          if (!left[0]) {
            left[0] = true;
            viewers--;
            if (viewers == 0 && reception == this) {
              lingering = timer.apply(LINGER, this::endIfUnwatched);
            }
          }
        }
      };
    }

    private void endIfUnwatched() {
      synchronized (SecondStream.this) {
        if (viewers == 0 && reception == this && recorder == null) {
          end();
        }
      }
    }

    private void end() {
      reception = null;
      lingering.run();
      pulled.close();
      release();
      executor.execute(live::end);
      LOG.info("camera {}: its second stream is received no more", camera);
    }
  }
}
