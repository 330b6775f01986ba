package io.kydai.streaming.privacy;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.decode.DecodeException;
import io.kydai.analytics.observation.Observation;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.ingest.concurrent.SerialExecutor;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.live.LiveStream;
import io.kydai.streaming.live.event.LiveSubscriber;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A camera's stream encoded anew as H.264, with what is private hidden, or as it is for browsers
 * that cannot play the camera's own codec: once for all who watch it so, from the first viewer on
 * until some seconds after the last one. Safe for many threads.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>streams that are encoded at a time, of all cameras</td><td>the {@link TranscodePlaces}</td>
 *     <td>{@link TranscodeRefusedException}; never the camera's own pictures</td></tr>
 * <tr><td>beginnings after a fault of the encoding, such as of a native library</td>
 *     <td>one in {@link #FIRST_REST}, doubled at each fault up to 320 s</td>
 *     <td>{@link TranscodeRefusedException}</td></tr>
 * <tr><td>time that it is encoded without a viewer</td><td>10 s</td><td>it ends</td></tr>
 * <tr><td>access units that wait to be decoded</td><td>{@value #MOST_WAITING}</td><td>left out up to
 *     the next key frame, and counted</td></tr>
 * <tr><td>viewers, pictures that are kept</td><td>as {@link LiveStream} has it</td><td>refused;
 *     forgotten</td></tr>
 * </table>
 */
public final class TranscodedStream {
  /** How long the stream goes on without a viewer. */
  static final Duration LINGER = Duration.ofSeconds(10);

  /** How long it is left alone after a fault; twice as long after the next one. */
  static final Duration FIRST_REST = Duration.ofSeconds(5);

  private static final int MOST_DOUBLINGS = 6;
  private static final int MOST_WAITING = 75;
  private static final int TURN_MILLIS = 20;
  private static final long JOIN_MILLIS = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(TranscodedStream.class);
  private static final NamedThreadFactory THREADS = NamedThreadFactory.daemon("transcode");

  /** Why a stream is encoded anew. */
  public enum Purpose {
    /** Something on its pictures is hidden from who watches it. */
    MASKS("with masks and blur"),
    /** Who watches it plays no other codec. */
    CODEC("as H.264, for browsers that play nothing else");

    private final String words;

    Purpose(String words) {
      this.words = words;
    }
  }

  /** What a stream counts. */
  public interface Meters {
    /** A picture was blurred as a whole, because it was not known where objects are on it. */
    void blurredWhole();

    /** An access unit was left out, because encoding has not kept up. */
    void leftOut();

    /** The encoding failed, and its viewers were told the end. */
    void failed();

    /** A slow viewer lost fragments. */
    void fragmentsDropped(int count);
  }

  private final CameraId camera;
  private final Purpose purpose;
  private final AccessUnitSource source;
  private final Executor threads;
  private final TranscodePlaces places;
  private final BiFunction<Duration, Runnable, Runnable> timer;
  private final Meters meters;
  private final RecentObjects objects = new RecentObjects();

  private volatile Privacy privacy;

  private volatile @Nullable Encoding encoding;
  private boolean ended;

  /** Faults since the last encoding that ended for want of viewers. */
  private int faults;

  /** How long it is left alone since its last fault; null when that is over. */
  private @Nullable Duration resting;

  /**
   * @param source where the camera's access units come from
   * @param threads shared with other streams, for what is sent
   * @param timer runs a task after a time; running what it returns cancels that
   */
  public TranscodedStream(
      CameraId camera,
      Purpose purpose,
      AccessUnitSource source,
      Executor threads,
      TranscodePlaces places,
      BiFunction<Duration, Runnable, Runnable> timer,
      Meters meters) {
    this.camera = requireNonNull(camera);
    this.purpose = requireNonNull(purpose);
    // Until somebody says what is hidden, everything is.
    privacy = purpose == Purpose.MASKS ? Privacy.EVERYTHING : Privacy.NONE;
    this.source = requireNonNull(source);
    this.threads = requireNonNull(threads);
    this.places = requireNonNull(places);
    this.timer = requireNonNull(timer);
    this.meters = requireNonNull(meters);
  }

  /** Hides something else from the next picture on, where that is the stream's purpose. */
  public void privacy(Privacy other) {
    if (purpose != Purpose.MASKS) {
      throw new IllegalStateException("nothing is hidden on this stream");
    }
    privacy = requireNonNull(other);
  }

  /** Takes where objects are: to be hidden, where that is the purpose, and for viewers. */
  public void observe(Observation observation) {
    if (purpose == Purpose.MASKS) {
      objects.add(observation);
    }
    Encoding now = encoding;
    if (now != null) {
      now.executor.offer(0, () -> now.live.add(observation));
    }
  }

  /**
   * Sends the stream to a viewer, and begins to encode it where that is not so yet.
   *
   * @return closing it ends the viewing; empty when too many watch it, or after {@link #end}
   * @throws TranscodeRefusedException when too many streams are encoded already, or this has failed
   *     a moment ago
   */
  public synchronized Optional<Subscription> watch(LiveSubscriber subscriber) {
    if (ended) {
      return Optional.empty();
    }
    Encoding now = encoding;
    if (now == null) {
      if (resting != null) {
        throw TranscodeRefusedException.failed(resting);
      }
      places.take();
      now = begin();
    }
    Encoding watched = now;
    return watched.live.watch(subscriber).map(watched::joined);
  }

  private Encoding begin() {
    Encoding now = new Encoding();
    try {
      now.begin();
    } catch (RuntimeException | Error e) {
      now.pulled.close();
      places.giveBack();
      throw e;
    }
    encoding = now;
    return now;
  }

  /** Returns how many watch it. */
  public int viewers() {
    Encoding now = encoding;
    return now == null ? 0 : now.live.viewers();
  }

  /** Returns whether it is encoded now. */
  public boolean isEncoded() {
    return encoding != null;
  }

  /** Ends the encoding and tells viewers the end; nothing happens after it. */
  public void end() {
    Encoding now;
    synchronized (this) {
      ended = true;
      now = encoding;
      if (now != null) {
        now.end();
      }
    }
    if (now != null) {
      now.await();
    }
  }

  /** Keeps it from being begun again at once. Guarded by the stream's lock. */
  private void rest() {
    Duration time = FIRST_REST.multipliedBy(1L << Math.min(faults, MOST_DOUBLINGS));
    faults++;
    resting = time;
    var unused = timer.apply(time, this::rested);
  }

  private synchronized void rested() {
    resting = null;
  }

  private record Arrived(AccessUnit unit, long nanos) {}

  /** The stream from one beginning to its end. */
  private final class Encoding {
    private final SerialExecutor executor =
        new SerialExecutor("encoded stream of camera " + camera, threads);
    private final LiveStream live = new LiveStream(camera, executor, meters::fragmentsDropped);
    private final BlockingQueue<Arrived> arrived = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread = THREADS.newThread(this::run);
    private Subscription pulled = () -> {};
    private Runnable lingering = () -> {};
    private int viewers;
    private volatile boolean over;

    /** Belongs to the source's thread. */
    private boolean droppingToKeyFrame;

    void begin() {
      LOG.info("camera {}: its pictures are encoded anew, {}", camera, purpose.words);
      pulled = source.subscribe(camera, this::onAccessUnit);
      thread.start();
    }

    private void onAccessUnit(AccessUnit unit) {
      if (droppingToKeyFrame && (unit.damaged() || !unit.keyFrame())) {
        meters.leftOut();
        return;
      }
      boolean taken = arrived.offer(new Arrived(unit, System.nanoTime()));
      if (!taken) {
        meters.leftOut();
        if (!droppingToKeyFrame) {
          LOG.warn(
              "camera {}: encoding anew does not keep up, drops to the next key frame", camera);
        }
      }
      droppingToKeyFrame = !taken;
    }

    private void run() {
      try (LiveMasking masking =
          new LiveMasking(camera, objects, () -> privacy, this::send, meters::blurredWhole)) {
        while (!over) {
          Arrived next = arrived.poll(TURN_MILLIS, TimeUnit.MILLISECONDS);
          if (next != null) {
            decode(masking, next);
          }
          masking.pass(System.nanoTime());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // It was ended.
      } catch (RuntimeException | Error e) {
        // An error, too: a native library throws it, and viewers must not wait for ever.
        LOG.error("camera {}: its pictures cannot be encoded anew", camera, e);
        failed();
      } finally {
        places.giveBack();
      }
    }

    private void decode(LiveMasking masking, Arrived next) {
      try {
        masking.add(next.unit(), next.nanos());
      } catch (DecodeException e) {
        LOG.debug("camera {}: a picture cannot be decoded to be encoded anew", camera, e);
      }
    }

    private void send(AccessUnit unit) {
      executor.offer(unit.size(), () -> live.add(unit));
    }

    Subscription joined(Subscription viewing) {
      viewers++;
      lingering.run();
      boolean[] left = {false};
      return () -> {
        viewing.close();
        synchronized (TranscodedStream.this) {
          if (!left[0]) {
            left[0] = true;
            viewers--;
            if (viewers == 0 && encoding == this) {
              lingering = timer.apply(LINGER, this::endIfUnwatched);
            }
          }
        }
      };
    }

    private void endIfUnwatched() {
      synchronized (TranscodedStream.this) {
        if (viewers == 0 && encoding == this) {
          faults = 0;
          end();
        }
      }
    }

    private void failed() {
      synchronized (TranscodedStream.this) {
        if (encoding == this) {
          meters.failed();
          end();
          rest();
        }
      }
    }

    /** Guarded by the stream's lock. */
    private void end() {
      encoding = null;
      lingering.run();
      pulled.close();
      over = true;
      executor.execute(live::end);
      LOG.info("camera {}: its pictures are encoded anew no more, {}", camera, purpose.words);
    }

    private void await() {
      try {
        thread.join(JOIN_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
