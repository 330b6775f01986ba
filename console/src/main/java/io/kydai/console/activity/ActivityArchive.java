package io.kydai.console.activity;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.observation.Observation;
import io.kydai.console.activity.ActivityCollector.Finished;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.ingest.source.CameraId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What moved in front of the cameras, on the disk. The methods may be called on any thread;
 * observations are summed up and written on a thread of its own, in order. What a crash costs is
 * the newest ten seconds of each camera.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>age of a camera's days</td><td>as its recordings are kept, and while something is
 *     recorded of the day</td><td>deleted, at the start and every hour</td></tr>
 * <tr><td>bytes of a day</td><td>8 MiB, of which 0.7 are 24 hours with one class moving all the
 *     time</td><td>further records are left out</td></tr>
 * <tr><td>observations that wait</td><td>{@value #QUEUE}</td><td>further ones are left out, logged
 *     once for each time</td></tr>
 * </table>
 */
public final class ActivityArchive implements AutoCloseable {
  private static final int QUEUE = 10_000;
  private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);
  private static final long PATIENCE_SECONDS = 5;
  private static final Pattern CAMERA = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
  private static final Logger LOG = LoggerFactory.getLogger(ActivityArchive.class);

  private final Path folder;
  private final Keeping keeping;
  private final Clock clock;
  private final ThreadPoolExecutor writer;

  /** Of the writing thread. */
  private final Map<CameraId, ActivityCollector> collectors = new HashMap<>();

  private @Nullable Instant swept;
  private volatile boolean dropping;

  /** How long what moved is kept. */
  public interface Keeping {
    /** Returns how long a camera's recordings are kept. */
    Duration age(CameraId camera);

    /** Returns whether something of a camera is recorded in a span. */
    boolean isRecorded(CameraId camera, Instant from, Instant to);
  }

  /**
   * Creates the archive.
   *
   * @param folder which is made with the first file
   */
  public ActivityArchive(Path folder, Keeping keeping, Clock clock) {
    this.folder = requireNonNull(folder);
    this.keeping = requireNonNull(keeping);
    this.clock = requireNonNull(clock);
    writer =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            NamedThreadFactory.daemon("activity"));
    writer.execute(this::sweepDue);
  }

  /** Takes an observation of an analysed frame; returns at once. */
  public void add(Observation observation) {
    try {
      writer.execute(() -> collect(observation));
      dropping = false;
    } catch (RejectedExecutionException e) {
      if (!dropping && !writer.isShutdown()) {
        LOG.warn("the disk is too slow to keep what moves; some of it is left out");
      }
      dropping = true;
    }
  }

  private void collect(Observation observation) {
    CameraId camera = observation.camera();
    Finished finished =
        collectors.computeIfAbsent(camera, id -> new ActivityCollector()).add(observation);
    if (finished != null) {
      write(camera, finished);
      sweepDue();
    }
  }

  private void write(CameraId camera, Finished finished) {
    try {
      ActivityFile.append(folder.resolve(camera.value()), finished);
    } catch (IOException e) {
      LOG.warn("camera {}: what moved cannot be kept: {}", camera, e.toString());
    }
  }

  private void sweepDue() {
    Instant now = clock.instant();
    Instant last = swept;
    if (last != null && now.isBefore(last.plus(BETWEEN_SWEEPS)) && !now.isBefore(last)) {
      return;
    }
    swept = now;
    try (Stream<Path> cameras = Files.list(folder)) {
      for (Path one : cameras.filter(Files::isDirectory).toList()) {
        sweep(one, now);
      }
    } catch (NoSuchFileException e) {
      LOG.debug("nothing that moved is kept yet");
    } catch (IOException | RuntimeException e) {
      LOG.warn("what moved long ago is not deleted: {}", e.toString());
    }
  }

  private void sweep(Path files, Instant now) throws IOException {
    String name = files.getFileName().toString();
    if (!CAMERA.matcher(name).matches()) {
      return;
    }
    CameraId camera = new CameraId(name);
    LocalDate oldest = ActivityFile.day(now.minus(keeping.age(camera)));
    for (Path file : days(files)) {
      LocalDate day = requireNonNull(ActivityFile.day(file));
      if (day.isBefore(oldest) && !keeping.isRecorded(camera, begin(day), begin(day.plusDays(1)))) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static Instant begin(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static List<Path> days(Path files) throws IOException {
    try (Stream<Path> all = Files.list(files)) {
      return all.filter(file -> ActivityFile.day(file) != null).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /** Writes what was summed up of each camera, within a few seconds, and ends. */
  @Override
  public void close() {
    try {
      writer.execute(
          () ->
              collectors.forEach(
                  (camera, collector) -> {
                    Finished finished = collector.finish();
                    if (finished != null) {
                      write(camera, finished);
                    }
                  }));
    } catch (RejectedExecutionException e) {
      LOG.warn("what moved in the last seconds is not kept: too much waits to be written");
    }
    writer.shutdown();
    try {
      if (!writer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("what moved in the last seconds is not kept: the disk is too slow");
        writer.shutdownNow();
      }
    } catch (InterruptedException e) {
      writer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
