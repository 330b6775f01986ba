package io.kydai.console.discovery;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.kydai.analytics.decode.CameraDecoder;
import io.kydai.analytics.decode.DecodeException;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.ingest.Ingest;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.status.CameraFault;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import io.kydai.ingest.tls.TlsTrust;
import io.kydai.streaming.annotation.Snapshots;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tests whether a stream gives pictures, by receiving it as a camera of a reserved id for some
 * seconds, in the same way as a configured camera. The methods block, and may be called on any
 * thread.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>tests at a time</td><td>{@value #TESTS}</td><td>{@link #run} returns empty</td></tr>
 * <tr><td>time for the first picture</td><td>12 s</td><td>the test fails</td></tr>
 * <tr><td>time in which pictures are counted after it</td><td>1.5 s</td><td></td></tr>
 * <tr><td>access units that wait to be decoded</td><td>{@value #QUEUE}</td><td>further ones are
 *     dropped</td></tr>
 * <tr><td>width of the picture</td><td>{@value #WIDTH} pixels</td><td>it is scaled</td></tr>
 * </table>
 */
public final class StreamProbe {
  private static final int TESTS = 2;
  private static final int QUEUE = 200;
  private static final int WIDTH = 960;
  private static final Duration FIRST_PICTURE = Duration.ofSeconds(12);
  private static final Duration COUNTED = Duration.ofMillis(1500);
  private static final long STEP_MILLIS = 100;

  private final Ingest ingest;
  private final Semaphore places = new Semaphore(TESTS);

  /** Creates a test on the node's ingest. */
  public StreamProbe(Ingest ingest) {
    this.ingest = requireNonNull(ingest);
  }

  /**
   * Tests a stream.
   *
   * @return the result; empty while too many tests run
   * @throws IllegalArgumentException when the address is none, or the settings do not fit it
   */
  public Optional<TestedStream> run(String url, Transport transport, TlsTrust trust) {
    CameraId id = new CameraId("test-" + UUID.randomUUID());
    CameraSource source = CameraSource.of(id, url);
    if (source.address().getScheme().equals("rtsps")) {
      source = source.trusting(trust);
    }
    source = source.over(transport);
    if (!places.tryAcquire()) {
      return Optional.empty();
    }
    try {
      return Optional.of(run(url, source));
    } finally {
      places.release();
    }
  }

  private TestedStream run(String url, CameraSource source) {
    BlockingQueue<AccessUnit> units = new ArrayBlockingQueue<>(QUEUE);
    AtomicInteger received = new AtomicInteger();
    long start = System.nanoTime();
    Subscription subscription =
        ingest.subscribe(
            source.id(),
            unit -> {
              received.incrementAndGet();
              units.offer(unit);
            });
    try {
      ingest.add(source);
      byte[] picture = picture(source.id(), units, start);
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      if (picture == null) {
        return failed(url, source.id());
      }
      int before = received.get();
      TimeUnit.NANOSECONDS.sleep(COUNTED.toNanos());
      double fps = (received.get() - before) * 1000.0 / COUNTED.toMillis();
      CodecParameters parameters =
          ingest.status(source.id()).flatMap(CameraStatus::parameters).orElse(null);
      return new TestedStream(url, null, "", parameters, fps, took, picture);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(url, source.id());
    } finally {
      subscription.close();
      ingest.remove(source.id());
    }
  }

  /** Waits for the first picture; null where none came in time, or the attempt has failed. */
  private byte @Nullable [] picture(CameraId id, BlockingQueue<AccessUnit> units, long start)
      throws InterruptedException {
    FirstPicture first = new FirstPicture();
    try (CameraDecoder decoder = new CameraDecoder(first::take)) {
      while (System.nanoTime() - start < FIRST_PICTURE.toNanos()) {
        AccessUnit unit = units.poll(STEP_MILLIS, TimeUnit.MILLISECONDS);
        if (unit != null) {
          decode(decoder, unit);
        }
        if (first.jpeg != null) {
          return first.jpeg;
        }
        if (unit == null && hasFailed(id)) {
          return null;
        }
      }
    }
    return null;
  }

  private static void decode(CameraDecoder decoder, AccessUnit unit) {
    try {
      decoder.decode(unit, System.nanoTime());
    } catch (DecodeException e) {
      // The next key frame may be whole; without one the test fails by its time.
      return;
    }
  }

  private boolean hasFailed(CameraId id) {
    return ingest
        .status(id)
        .filter(status -> status.state() == CameraState.BACKING_OFF)
        .isPresent();
  }

  private TestedStream failed(String url, CameraId id) {
    Optional<CameraStatus> status = ingest.status(id);
    CameraFault fault = status.map(CameraStatus::fault).orElse(null);
    CodecParameters parameters = status.flatMap(CameraStatus::parameters).orElse(null);
    CameraFault otherwise = parameters == null ? CameraFault.NO_MEDIA : CameraFault.UNDECODABLE;
    return new TestedStream(
        url,
        requireNonNullElse(fault, otherwise),
        status.flatMap(CameraStatus::lastError).orElse("the camera sent no picture in time"),
        parameters,
        0,
        Duration.ZERO,
        null);
  }

  /** Keeps the first decoded picture as JPEG. */
  private static final class FirstPicture {
    private byte @Nullable [] jpeg;

    void take(DecodedFrame frame) {
      try (frame) {
        if (jpeg == null) {
          jpeg = Snapshots.scaled(frame, WIDTH);
        }
      }
    }
  }
}
