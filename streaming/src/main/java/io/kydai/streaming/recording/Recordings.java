package io.kydai.streaming.recording;

import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.recording.check.IndexRepair;
import io.kydai.streaming.recording.disk.RecordingDisk;
import io.kydai.streaming.recording.disk.RecordingDisks;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.disk.RecordingSettings;
import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.IndexQueue;
import io.kydai.streaming.recording.index.KnownDisk;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.RecordingIndex;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.retention.Archive;
import io.kydai.streaming.recording.retention.RecordingForecast;
import io.kydai.streaming.recording.retention.RecordingStorage;
import io.kydai.streaming.recording.retention.Retention;
import io.kydai.streaming.recording.retention.RetentionAges;
import io.kydai.streaming.recording.retention.Thinning;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recording of every camera, one stream or both, on one disk or several. Safe for many threads.
 *
 * <p>Pictures that wait for the disk hold at most {@value #MOST_WAITING} bytes. Beyond that a
 * camera's newest group is left out, and what follows up to its next key frame, as a gap.
 */
public final class Recordings implements AutoCloseable {
  static final long MOST_WAITING = 128L << 20;

  private static final long TICK_MILLIS = 200;
  private static final long RETENTION_MILLIS = 10_000;
  private static final long THINNING_MILLIS = 60_000;
  private static final long FORECAST_MILLIS = 60_000;
  private static final long CLOSING_MILLIS = 1_500;
  private static final int MOST_IN_FUTURE = 1000;
  private static final int MOST_GAPS = 1000;
  private static final Logger LOG = LoggerFactory.getLogger(Recordings.class);

  private final RecordingSettings settings;
  private final RecordingIndex index;
  private final Clock clock;
  private final RecordingDisks disks;
  private final IndexQueue rows;
  private final Retention retention;
  private final RecordingMetrics metrics;
  private final ScheduledThreadPoolExecutor timer;

  /** Moves and thins what is old, one after the other. */
  private final ScheduledThreadPoolExecutor tiers;

  private volatile @Nullable RecordingStorage storage;
  private final Map<RecordedStream, Recorded> streams = new ConcurrentHashMap<>();

  /** The recorders of streams that are not recorded now; as many as there were streams, at most. */
  private final Map<RecordedStream, PlannedRecorder> ended = new ConcurrentHashMap<>();

  private record Recorded(
      PlannedRecorder recorder, Executor executor, RecordingMetrics.Stream metrics) {}

  /**
   * Opens the folders, closes what a crash left open in them, and begins to delete what is due. A
   * disk that is not there is used when it comes back.
   *
   * @param ages what becomes of a camera's recordings; also asked for cameras that are gone
   * @param afterDeleting runs after each look for what is due, which may have deleted something
   * @throws IOException when no folder can be used
   */
  public Recordings(
      RecordingSettings settings,
      RecordingIndex index,
      Function<CameraId, RetentionAges> ages,
      Runnable afterDeleting,
      MeterRegistry registry,
      Clock clock)
      throws IOException {
    this(
        settings,
        RecordingDisks.open(
            settings.folders(), settings.archive(), index, MOST_WAITING, System::nanoTime),
        index,
        ages,
        afterDeleting,
        registry,
        clock);
  }

  Recordings(
      RecordingSettings settings,
      RecordingDisks disks,
      RecordingIndex index,
      Function<CameraId, RetentionAges> ages,
      Runnable afterDeleting,
      MeterRegistry registry,
      Clock clock)
      throws IOException {
    this.settings = settings;
    this.disks = disks;
    this.index = index;
    this.clock = clock;
    metrics = new RecordingMetrics(registry);
    retention = new Retention(settings, disks, index, ages, clock, System::nanoTime);
    for (RecordingDisk disk : disks.all()) {
      if (disk.isThere()) {
        repair(disk);
      }
    }
    rows = new IndexQueue(index);
    Gauge.builder("kydai.recording.index.waiting", rows, IndexQueue::waitingRows)
        .description("rows that wait for the index of recordings")
        .register(registry);
    Gauge.builder("kydai.recording.index.missing", rows, IndexQueue::leftOut)
        .description("rows that the index of recordings lacks, since too many waited for it")
        .register(registry);
    Gauge.builder("kydai.recording.waiting.bytes", disks, RecordingDisks::waitingBytes)
        .description("bytes of pictures that wait for the recordings' disks")
        .register(registry);
    Gauge.builder("kydai.recording.full", disks, all -> isFull() ? 1 : 0)
        .description("whether recording stands because each disk is full of what is held")
        .register(registry);
    Gauge.builder("kydai.recording.disks.missing", disks, all -> missing())
        .description("disks of recordings that are not there, or refuse files")
        .register(registry);
    timer = new ScheduledThreadPoolExecutor(1, NamedThreadFactory.of("recording-timer"));
    timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    rows.every(RETENTION_MILLIS, () -> runRetention(afterDeleting));
    Gauge.builder("kydai.recording.until.full.seconds", this, Recordings::untilFull)
        .description("the time until the oldest recordings make room before they are too old")
        .register(registry);
    rows.every(FORECAST_MILLIS, () -> look(ages));
    tiers = new ScheduledThreadPoolExecutor(1, NamedThreadFactory.of("recording-tiers"));
    if (!settings.archive().isEmpty()) {
      Archive archive = new Archive(disks, index, ages, settings.leastFreeBytes(), clock);
      tiers.scheduleWithFixedDelay(
          () -> runTier("moved to the archive", archive::run),
          0,
          RETENTION_MILLIS,
          TimeUnit.MILLISECONDS);
    }
    Thinning thinning =
        new Thinning(disks, index, ages, settings.leastFreeBytes(), clock, System::nanoTime);
    tiers.scheduleWithFixedDelay(
        () -> runTier("thinned", thinning::run),
        RETENTION_MILLIS,
        THINNING_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  private interface Tier {
    int run() throws IOException;
  }

  private static void runTier(String done, Tier tier) {
    try {
      tier.run();
    } catch (IOException | RuntimeException e) {
      LOG.error("recordings that are due were not {}: {}", done, e.toString());
    }
  }

  /** Makes the index equal to the files of a disk that is there now. */
  private void repair(RecordingDisk disk) throws IOException {
    try {
      retention.finish(disk);
      Thinning.finish(disk, index);
    } catch (IOException e) {
      LOG.error("recordings that were to be deleted or thinned are still there: {}", e.toString());
    }
    new IndexRepair(new RecordingFolder(disk.root(), disk.id()), index).run();
    disk.ready();
  }

  /** Repairs disks that were not there when the node started. */
  private void repairReturned() {
    for (RecordingDisk disk : disks.all()) {
      if (disk.isThere() && !disk.isReady()) {
        try {
          repair(disk);
        } catch (IOException | RuntimeException e) {
          LOG.error("the disk {} is back, and cannot be read: {}", disk.root(), e.toString());
        }
      }
    }
  }

  private boolean isFull() {
    return disks.all().stream()
        .filter(disk -> !disk.isArchive())
        .allMatch(disk -> disk.space().full());
  }

  private long missing() {
    return disks.all().stream().filter(disk -> disk.fault() != null).count();
  }

  private void runRetention(Runnable afterDeleting) {
    repairReturned();
    try {
      retention.run();
    } catch (IOException | RuntimeException e) {
      LOG.error("recordings that are due were not deleted: {}", e.toString());
    }
    try {
      afterDeleting.run();
    } catch (RuntimeException e) {
      LOG.error("what was deleted of recordings was not recorded yet: {}", e.toString());
    }
  }

  private void look(Function<CameraId, RetentionAges> ages) {
    try {
      Instant now = clock.instant();
      RecordingForecast forecast = new RecordingForecast(index.days(now), ages, now);
      long used = index.totalBytes();
      List<RecordingStorage.Disk> each = new ArrayList<>();
      long free = 0;
      long writable = 0;
      Map<String, KnownDisk> known = new HashMap<>();
      index.disks().forEach(disk -> known.put(disk.id(), disk));
      for (RecordingDisk disk : disks.all()) {
        KnownDisk rows = known.get(disk.id());
        each.add(
            new RecordingStorage.Disk(
                disk.id(),
                disk.root().toString(),
                disk.fault(),
                rows == null ? 0 : rows.bytes(),
                disk.freeBytes(),
                disk.space().full()));
        if (disk.fault() == null) {
          free += disk.freeBytes();
          writable += Math.max(0, disk.freeBytes() - settings.leastFreeBytes());
        }
      }
      long room = Math.max(0, Math.min(settings.mostBytes() - used, writable));
      OptionalLong perDay = forecast.bytesPerDay();
      OptionalDouble days = forecast.fullInDays(room);
      storage =
          new RecordingStorage(
              used,
              free,
              room,
              perDay.isPresent() ? perDay.getAsLong() : null,
              days.isPresent() ? days.getAsDouble() : null,
              isFull(),
              each,
              now);
    } catch (RuntimeException e) {
      LOG.error("the room of the recordings is not known: {}", e.toString());
    }
  }

  /** Returns the room of the recordings as of a minute ago at most; empty before the first look. */
  public Optional<RecordingStorage> storage() {
    return Optional.ofNullable(storage);
  }

  private double untilFull() {
    RecordingStorage now = storage;
    if (now == null || now.bytesPerDay() == null) {
      return Double.NaN;
    }
    Double days = now.fullInDays();
    return days == null ? Double.POSITIVE_INFINITY : days * Duration.ofDays(1).toSeconds();
  }

  private void tick() {
    disks.tick();
    streams.values().forEach(stream -> stream.executor().execute(stream.recorder()::tick));
  }

  /** Begins to record a camera's main or only stream, as the other method does any. */
  public PlannedRecorder begin(CameraId camera, RecordingPlan plan, Executor executor) {
    return begin(RecordedStream.main(camera), plan, executor);
  }

  /**
   * Begins to record a stream, from its next key frame on.
   *
   * @param plan which of its pictures
   * @param executor on which the recorder is called from then on, one call at a time
   * @throws IllegalArgumentException when the stream is being recorded already
   */
  public PlannedRecorder begin(RecordedStream stream, RecordingPlan plan, Executor executor) {
    PlannedRecorder last = ended.remove(stream);
    SegmentWriter before = last == null ? null : last.newest();
    RecordingMetrics.Stream meters = metrics.stream(stream);
    PlannedRecorder recorder =
        new PlannedRecorder(
            new CameraRecorder(
                stream,
                settings.segment(),
                before,
                before == null ? lastEnd(stream) : null,
                rows,
                disks,
                meters,
                System::nanoTime),
            plan,
            clock,
            System::nanoTime);
    if (streams.putIfAbsent(stream, new Recorded(recorder, executor, meters)) != null) {
      throw new IllegalArgumentException("camera " + stream + " is recorded already");
    }
    return recorder;
  }

  private @Nullable Instant lastEnd(RecordedStream stream) {
    try {
      return lastEnd(index, stream, clock.instant());
    } catch (RuntimeException e) {
      // Recording matters more than the gap before it.
      LOG.error("camera {}: the index does not say how far it was recorded", stream, e);
      return null;
    }
  }

  /**
   * Returns when the last recorded picture of a stream had ended, or the gap behind it that the
   * node lived long enough to tell of; null when nothing was recorded. What a clock that ran ahead
   * has dated into the future is left out.
   */
  static @Nullable Instant lastEnd(RecordingIndex index, RecordedStream stream, Instant now) {
    Predicate<Segment> isPast = segment -> !segment.start().isAfter(now);
    Optional<Segment> last = index.newest(stream, 1).stream().filter(isPast).findFirst();
    if (last.isEmpty()) {
      last = index.newest(stream, MOST_IN_FUTURE).stream().filter(isPast).findFirst();
    }
    if (last.isEmpty()) {
      return null;
    }
    Instant end = last.get().end();
    return index.gaps(stream, end, now, MOST_GAPS).stream()
        .map(Gap::to)
        .filter(to -> !to.isAfter(now))
        .reduce(end, (one, other) -> other.isAfter(one) ? other : one);
  }

  /** The bytes of pictures that wait for disks. */
  long waitingBytes() {
    return disks.waitingBytes();
  }

  /** The disks, of which one that is not there says so. */
  public RecordingDisks disks() {
    return disks;
  }

  /** Forgets a stream, whose recorder was ended by the caller. */
  public void end(RecordedStream stream) {
    Recorded last = streams.remove(stream);
    if (last != null) {
      last.metrics().close();
      disks.leave(stream);
      ended.put(stream, last.recorder());
    }
  }

  /**
   * Waits up to 1.5 s for the disk and 1 s for the index. The streams' recorders are to be ended
   * before.
   */
  @Override
  public void close() {
    timer.shutdownNow();
    tiers.shutdownNow(); // The next start ends what is under way.
    disks.close(CLOSING_MILLIS);
    rows.close();
    streams.values().forEach(stream -> stream.metrics().close());
    streams.clear();
  }
}
