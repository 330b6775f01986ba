package io.kydai.console.trial;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.observation.Observation;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.ingest.source.CameraId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The observations of the last hours of every camera, on the disk, for trials of rules. The methods
 * may be called on any thread; observations are written on a thread of its own, in order.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>age of a camera's observations</td><td>{@link #KEEP}</td><td>older files are
 *     deleted</td></tr>
 * <tr><td>bytes of a camera's files</td><td>{@value #CAMERA_BYTES}</td><td>the oldest files are
 *     deleted</td></tr>
 * <tr><td>observations that wait to be written</td><td>{@value #QUEUE}</td><td>further ones are
 *     dropped, logged once for each time</td></tr>
 * </table>
 */
public final class ObservationArchive implements AutoCloseable {
  /** Observations are kept so long. */
  public static final Duration KEEP = Duration.ofHours(12);

  static final long CAMERA_BYTES = 32 * 1024 * 1024;
  private static final Duration SEGMENT = Duration.ofMinutes(10);
  private static final long SEGMENT_BYTES = 2 * 1024 * 1024;
  private static final int QUEUE = 10_000;
  private static final long PATIENCE_SECONDS = 5;
  private static final Logger LOG = LoggerFactory.getLogger(ObservationArchive.class);

  private final Path folder;
  private final Clock clock;
  private final long cameraBytes;
  private final ThreadPoolExecutor writer;

  /** Of the writing thread. */
  private final Map<CameraId, Segment> open = new HashMap<>();

  private boolean dropping;

  /**
   * Creates the archive.
   *
   * @param folder which is made when the first observation comes
   */
  public ObservationArchive(Path folder, Clock clock) {
    this(folder, clock, CAMERA_BYTES);
  }

  ObservationArchive(Path folder, Clock clock, long cameraBytes) {
    this.folder = requireNonNull(folder);
    this.clock = requireNonNull(clock);
    this.cameraBytes = cameraBytes;
    writer =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            NamedThreadFactory.daemon("observation-archive"));
  }

  /** Keeps an observation of an analysed frame; returns at once. */
  public void add(Observation observation) {
    try {
      writer.execute(() -> write(observation));
      dropping = false;
    } catch (RejectedExecutionException e) {
      if (!dropping && !writer.isShutdown()) {
        LOG.warn("the disk is too slow to keep observations for trials; some are left out");
      }
      dropping = true;
    }
  }

  private void write(Observation observation) {
    CameraId camera = observation.camera();
    try {
      segment(camera, observation.wallClock()).add(observation);
    } catch (IOException e) {
      LOG.warn("camera {}: its observations cannot be kept for trials: {}", camera, e.toString());
      shut(camera);
    }
  }

  private Segment segment(CameraId camera, Instant now) throws IOException {
    Segment present = open.get(camera);
    if (present != null && !isFull(present, now)) {
      return present;
    }
    shut(camera);
    Path cameras = folder.resolve(camera.value());
    Segment next = Segment.create(cameras, now);
    open.put(camera, next);
    drop(cameras, next.file());
    return next;
  }

  private static boolean isFull(Segment segment, Instant now) throws IOException {
    return now.isBefore(segment.start())
        || now.isAfter(segment.start().plus(SEGMENT))
        || Files.size(segment.file()) > SEGMENT_BYTES;
  }

  private void shut(CameraId camera) {
    Segment old = open.remove(camera);
    if (old != null) {
      try {
        old.close();
      } catch (IOException e) {
        LOG.debug("{}: not closed: {}", old.file(), e.toString());
      }
    }
  }

  /** Deletes a camera's files that are too old, and the oldest while there are too many bytes. */
  private void drop(Path cameras, Path newest) throws IOException {
    long oldest = clock.instant().minus(KEEP).minus(SEGMENT).toEpochMilli();
    long bytes = 0;
    List<Path> files = files(cameras);
    for (int i = files.size() - 1; i >= 0; i--) {
      Path file = files.get(i);
      bytes += Files.size(file);
      boolean tooMuch = bytes > cameraBytes - SEGMENT_BYTES || start(file) < oldest;
      if (tooMuch && !file.equals(newest)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Returns a camera's files, the oldest first. */
  private static List<Path> files(Path cameras) throws IOException {
    try (Stream<Path> all = Files.list(cameras)) {
      return all.filter(file -> start(file) >= 0)
          .sorted((one, other) -> Long.compare(start(one), start(other)))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Returns the time that a file's name says; negative for another file. */
  private static long start(Path file) {
    String name = file.getFileName().toString();
    String digits = name.substring(0, Math.max(0, name.length() - Segment.SUFFIX.length()));
    return name.endsWith(Segment.SUFFIX) && digits.matches("[0-9]{1,15}")
        ? Long.parseLong(digits)
        : -1;
  }

  /**
   * Reads a camera's observations in the order in which they came.
   *
   * @param since observations before it are left out
   * @throws IOException when the disk fails
   */
  public void read(CameraId camera, Instant since, Consumer<Observation> reader)
      throws IOException {
    flush(camera);
    for (Path file : files(folder.resolve(camera.value()))) {
      if (start(file) >= since.minus(SEGMENT).toEpochMilli() - SEGMENT.toMillis()) {
        readFile(file, camera, since, reader);
      }
    }
  }

  private static void readFile(
      Path file, CameraId camera, Instant since, Consumer<Observation> reader) throws IOException {
    try {
      Segment.read(
          file,
          camera,
          observation -> {
            if (!observation.wallClock().isBefore(since)) {
              reader.accept(observation);
            }
          });
    } catch (NoSuchFileException e) {
      LOG.debug("{} was dropped before it was read", file);
    }
  }

  private void flush(CameraId camera) throws IOException {
    await(
        () -> {
          Segment segment = open.get(camera);
          if (segment != null) {
            try {
              segment.flush();
            } catch (IOException e) {
              LOG.warn("camera {}: its observations cannot be kept: {}", camera, e.toString());
              shut(camera);
            }
          }
        });
  }

  /** Forgets a camera's observations. */
  public void forget(CameraId camera) {
    try {
      writer.execute(
          () -> {
            shut(camera);
            try {
              Path cameras = folder.resolve(camera.value());
              for (Path file : files(cameras)) {
                Files.deleteIfExists(file);
              }
              Files.deleteIfExists(cameras);
            } catch (IOException e) {
              LOG.warn("camera {}: its observations are not deleted: {}", camera, e.toString());
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("camera {}: its observations are not deleted now", camera);
    }
  }

  private void await(Runnable task) throws IOException {
    FutureTask<Boolean> waiting = new FutureTask<>(task, true);
    try {
      writer.execute(waiting);
      get(waiting);
    } catch (RejectedExecutionException e) {
      throw new IOException("too many observations wait to be written", e);
    }
  }

  private static void get(Future<Boolean> waiting) throws IOException {
    try {
      waiting.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the disk does not take observations in time", e);
    }
  }

  /** Writes what waits, within a few seconds, and closes the files. */
  @Override
  public void close() {
    try {
      await(() -> List.copyOf(open.keySet()).forEach(this::shut));
    } catch (IOException e) {
      LOG.warn("observations for trials: {}", e.getMessage());
    }
    writer.shutdownNow();
  }
}
