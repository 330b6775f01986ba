package io.kydai.streaming.bench;

import io.kydai.ingest.Ingest;
import io.kydai.ingest.concurrent.SerialExecutor;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.streaming.recording.MemoryIndex;
import io.kydai.streaming.recording.PlannedRecorder;
import io.kydai.streaming.recording.RecordingPlan;
import io.kydai.streaming.recording.Recordings;
import io.kydai.streaming.recording.disk.RecordingSettings;
import io.kydai.streaming.recording.retention.RetentionAges;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What {@code scripts/bench recording [VIDEO] [--cameras N] [--seconds S]} starts: the processor
 * time of recording simulated RTSP cameras, beside an {@code ffmpeg -c copy} process for each of
 * the same cameras that writes fragmented MP4. The cameras run in a process of their own; both ways
 * follow one another in one run. Ours is all that its process uses, compiler, collector and the
 * SHA-256 of each file included; ffmpeg's is what its processes have used by their own count.
 */
final class RecordingCost {
  private static final int WARM_UP = 120; // seconds; the compiler has done its work by then
  private static final double FPS = 25;

  private final Path video;
  private final int cameras;
  private final int seconds;

  /**
   * What one way took.
   *
   * @param millis of a core for each camera and second
   * @param megabits that reached the disk in each second, of all cameras
   */
  private record Cost(double millis, double megabits) {}

  private RecordingCost(Path video, int cameras, int seconds) {
    this.video = video;
    this.cameras = cameras;
    this.seconds = seconds;
  }

  static RecordingCost of(List<String> words, Path demo) {
    Path video = demo;
    int cameras = 64;
    int seconds = 60;
    for (int i = 0; i < words.size(); i++) {
      switch (words.get(i)) {
        case "--cameras" -> cameras = ManyCameras.number(words, ++i);
        case "--seconds" -> seconds = ManyCameras.number(words, ++i);
        default -> video = Path.of(words.get(i));
      }
    }
    return new RecordingCost(video, cameras, seconds);
  }

  /** Prints the table. */
  void run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("kydai-recording-bench");
    try (StreetOfCameras street = new StreetOfCameras(video, cameras, FPS)) {
      Cost ours = ours(street, Files.createDirectory(folder.resolve("kydai")));
      Cost theirs = theirs(street, Files.createDirectory(folder.resolve("ffmpeg")));
      System.out.printf(
          Locale.ROOT,
          "%d cameras of %.0f pictures per second, %d s each way after %d s to warm up; %s%n%n",
          cameras,
          FPS,
          seconds,
          WARM_UP,
          video.getFileName());
      System.out.println(
          "| way | Mbit/s on the disk | ms of a core per camera-second | cameras per core |");
      System.out.println("|---|---|---|---|");
      row("Kydai: RTSP, recording, SHA-256, fdatasync each 0.6 s", ours);
      row("`ffmpeg -c copy` for each camera, no sync", theirs);
      System.out.printf(Locale.ROOT, "%nratio: %.2f%n", ours.millis / theirs.millis);
    } finally {
      delete(folder);
    }
  }

  private static void row(String name, Cost cost) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.2f | %.0f |%n",
        name,
        cost.megabits,
        cost.millis,
        1000 / cost.millis);
  }

  private Cost cost(long nanos, long bytes) {
    return new Cost(nanos / 1e6 / cameras / seconds, bytes * 8 / 1e6 / seconds);
  }

  private Cost ours(StreetOfCameras street, Path folder) throws IOException, InterruptedException {
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    RecordingSettings settings = new RecordingSettings(folder, 1L << 40, 0, Duration.ofMinutes(5));
    try (Recordings recordings =
            new Recordings(
                settings,
                new MemoryIndex(),
                camera -> RetentionAges.keeping(Duration.ofDays(1000)),
                () -> {},
                new SimpleMeterRegistry(),
                Clock.systemUTC());
        Ingest ingest = new Ingest(Clock.systemUTC(), new SimpleMeterRegistry(), status -> {})) {
      for (int i = 0; i < cameras; i++) {
        CameraId id = new CameraId(StreetOfCameras.name(i));
        SerialExecutor executor = new SerialExecutor("camera " + id, threads);
        PlannedRecorder recorder = recordings.begin(id, new RecordingPlan.Continuous(), executor);
        ingest.subscribe(id, unit -> executor.execute(() -> recorder.add(unit)));
        ingest.add(CameraSource.of(id, street.address(i)));
      }
      TimeUnit.SECONDS.sleep(WARM_UP);
      long used = CpuClock.others();
      long bytes = size(folder);
      TimeUnit.SECONDS.sleep(seconds);
      return cost(CpuClock.others() - used, size(folder) - bytes);
    } finally {
      threads.shutdown();
    }
  }

  private Cost theirs(StreetOfCameras street, Path folder)
      throws IOException, InterruptedException {
    List<Process> processes = new ArrayList<>();
    try {
      for (int i = 0; i < cameras; i++) {
        processes.add(
            new ProcessBuilder(
                    "ffmpeg",
                    "-nostdin",
                    "-loglevel",
                    "error",
                    "-rtsp_transport",
                    "tcp",
                    "-i",
                    street.address(i),
                    "-c",
                    "copy",
                    "-f",
                    "mp4",
                    "-movflags",
                    "frag_keyframe+empty_moov+default_base_moof",
                    folder.resolve(i + ".mp4").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
      }
      TimeUnit.SECONDS.sleep(WARM_UP);
      long used = used(processes);
      long bytes = size(folder);
      TimeUnit.SECONDS.sleep(seconds);
      return cost(used(processes) - used, size(folder) - bytes);
    } finally {
      processes.forEach(Process::destroy);
      for (Process process : processes) {
        process.waitFor();
      }
    }
  }

  private static long used(List<Process> processes) {
    long nanos = 0;
    for (Process process : processes) {
      if (!process.isAlive()) {
        throw new IllegalStateException("an ffmpeg ended by itself");
      }
      nanos += process.info().totalCpuDuration().orElseThrow().toNanos();
    }
    return nanos;
  }

  private static long size(Path folder) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
