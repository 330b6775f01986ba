package io.kydai.ingest.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What many simulated cameras cost: {@code [CAMERAS] [FPS] [FILE]}, by default 1000 cameras at 5
 * pictures per second of a stream of some 60 kbit/s that is made by hand. The simulator is a
 * process of its own, and its processor time is the operating system's figure; this process only
 * counts.
 */
final class ScaleBenchmark {
  private static final Duration WARM = Duration.ofSeconds(5);
  private static final Duration MEASURED = Duration.ofSeconds(10);

  private ScaleBenchmark() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int cameras = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
    String fps = args.length > 1 ? args[1] : "5";
    Path file = args.length > 2 ? Path.of(args[2]) : Files.createTempFile("kydai", ".h264");
    if (args.length <= 2) {
      Files.write(file, HandMadeClip.ofPairs(25));
      file.toFile().deleteOnExit();
    }
    Process simulator = start(cameras, file + "@" + fps);
    try (BufferedReader out =
            new BufferedReader(new InputStreamReader(simulator.getInputStream()));
        ManyClients clients = new ManyClients(addresses(out.readLine(), cameras), 1)) {
      if (!clients.await(Duration.ofMinutes(1))) {
        throw new IllegalStateException("not every camera plays");
      }
      pause(WARM);
      long busy = processorMillis(simulator);
      long bytes = clients.bytes();
      long pictures = clients.pictures();
      long start = System.nanoTime();
      pause(MEASURED);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%d cameras at %s/s: %.2f cores, %.0f pictures/s of %.0f, %.1f Mbit/s, "
              + "%d packets missing, %s%n",
          cameras,
          fps,
          (processorMillis(simulator) - busy) / 1000.0 / seconds,
          (clients.pictures() - pictures) / seconds,
          cameras * Double.parseDouble(fps),
          (clients.bytes() - bytes) * 8 / 1e6 / seconds,
          clients.missing(),
          memory(simulator));
    } finally {
      simulator.destroy();
      simulator.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static Process start(int cameras, String clip) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "--port",
            "0",
            "--copies",
            "" + cameras,
            "camera=" + clip)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static List<String> addresses(String first, int cameras) {
    String all = first.replaceFirst("/[^/]*$", "/camera");
    List<String> addresses = new ArrayList<>();
    for (int i = 1; i <= cameras; i++) {
      addresses.add(cameras == 1 ? all : all + "-" + i);
    }
    return addresses;
  }

  private static void pause(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  private static long processorMillis(Process process) {
    return process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L);
  }

  private static String memory(Process process) throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    return !Files.exists(status)
        ? "memory unknown"
        : Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmRSS") || line.startsWith("Threads"))
            .map(line -> line.replaceAll("\\s+", " "))
            .reduce((one, two) -> one + ", " + two)
            .orElse("memory unknown");
  }
}
