package io.kydai.console.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The command line: {@code [SECONDS [viewers]]}, the measured time of each row of requests, 60
 * without it, and whether viewers alone are measured.
 *
 * <p>Both servers of {@link Server} are asked in turns of two seconds (watched in turns of six,
 * since that costs little), now the one first, now the other, and two neighbouring turns give one
 * ratio of the process's processor time per request, or per megabit of a viewer. The result is the
 * median of the ratios. The process's compiler and collector are in the figures; the client is
 * another process.
 */
public final class Main {
  private static final int WARM_UP_REQUESTS = 30_000;
  private static final int WARM_UP_SLICES = 60;
  private static final int FEWEST_WARM_UP_SLICES = 10;
  private static final long SLICE_MILLIS = 2000;

  /** So many, and so long, that a turn is more than a second of a core: else chance decides. */
  private static final int VIEWERS = 200;

  private static final long WATCHED_MILLIS = 6000;
  private static final List<String> PAGES =
      List.of(
          "/api/v1/cameras",
          "/api/v1/cameras/c7",
          "/api/v1/reports?limit=50",
          "/api/v1/reports/%s",
          "/api/v1/reports?state=received&camera=c3",
          "/api/v1/cameras/c9/snapshot.jpg",
          "/api/v1/cameras/c7/counts",
          "/api/v1/rule-types");

  /**
   * What a slice cost.
   *
   * @param perSecond requests in a second, or megabits that a viewer received
   * @param micros processor time of a request, or of a megabit that a viewer received: a busy
   *     machine may send less in one turn than in another
   */
  private record Slice(double perSecond, double micros, long requests) {}

  /** Neighbouring slices of both servers. */
  private record Pair(Slice without, Slice with) {
    double ratio() {
      return with.micros / without.micros;
    }
  }

  /** Measures a slice of one server. */
  @FunctionalInterface
  private interface Measurement {
    Slice slice(int port, String credentials) throws IOException, InterruptedException;
  }

  private final BufferedReader answers;
  private final PrintWriter questions;

  private Main(Process server) {
    answers =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    questions = new PrintWriter(server.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  public static void main(String[] args) throws Exception {
    int seconds = args.length == 0 ? 60 : Integer.parseInt(args[0]);
    Path folder = Files.createTempDirectory("kydai-bench-");
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dlogback.configurationFile=logback-quiet.xml",
                Server.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      new Main(server).measure(seconds, args.length < 2);
    } finally {
      server.destroyForcibly().onExit().join();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void measure(int seconds, boolean everything) throws Exception {
    String said = answers.readLine();
    if (said == null) {
      throw new IllegalStateException("the servers did not start");
    }
    String[] words = said.split(" ");
    int guarded = Integer.parseInt(words[0]);
    int open = Integer.parseInt(words[1]);
    String cookie = "Cookie: " + words[2];
    String token = "Authorization: Bearer " + words[3];
    List<String> paths = PAGES.stream().map(path -> path.formatted(words[4])).toList();
    Measurement requests = (port, credentials) -> requests(port, paths, credentials);
    System.out.printf(
        "%nslices of %d s, %d of each server in a row, after %d requests to warm up; median"
            + " (10%% to 90%% of the slices)%n%n",
        SLICE_MILLIS / 1000, pairs(seconds), WARM_UP_REQUESTS);
    System.out.println(
        "| | without | with | µs of a core, without | with | ratio of processor time |");
    System.out.println("|---|---|---|---|---|---|");
    for (int slice = 0, warm = 0;
        slice < FEWEST_WARM_UP_SLICES || warm < WARM_UP_REQUESTS && slice < WARM_UP_SLICES;
        slice++) {
      warm += (int) requests.slice(open, cookie).requests;
      warm += (int) requests.slice(guarded, slice % 2 == 0 ? cookie : token).requests;
    }
    if (everything) {
      row("requests/s, by cookie", requests, open, guarded, cookie, seconds);
      row("requests/s, by token", requests, open, guarded, token, seconds);
    }
    row("Mbit/s of a live viewer", this::viewers, open, guarded, cookie, seconds);
  }

  private static int pairs(int seconds) {
    return Math.max(3, (int) (seconds * 1000L / (2 * SLICE_MILLIS)));
  }

  private void row(
      String what, Measurement measurement, int open, int guarded, String credentials, int seconds)
      throws Exception {
    pairs(measurement, open, guarded, credentials, 3);
    List<Pair> pairs = pairs(measurement, open, guarded, credentials, pairs(seconds));
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %s |%n",
        what,
        spread(pairs, pair -> pair.without.perSecond, 1),
        spread(pairs, pair -> pair.with.perSecond, 1),
        spread(pairs, pair -> pair.without.micros, 0),
        spread(pairs, pair -> pair.with.micros, 0),
        spread(pairs, Pair::ratio, 3));
  }

  private static List<Pair> pairs(
      Measurement measurement, int open, int guarded, String credentials, int count)
      throws Exception {
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (i % 2 == 0) {
        Slice without = measurement.slice(open, credentials);
        pairs.add(new Pair(without, measurement.slice(guarded, credentials)));
      } else {
        Slice with = measurement.slice(guarded, credentials);
        pairs.add(new Pair(measurement.slice(open, credentials), with));
      }
    }
    return pairs;
  }

  private Slice requests(int port, List<String> paths, String credentials) throws IOException {
    long before = cpu();
    long start = System.nanoTime();
    long answered = HttpLoad.run(port, paths, credentials, SLICE_MILLIS);
    double lasted = (System.nanoTime() - start) / 1e9;
    return new Slice(answered / lasted, (cpu() - before) / 1e3 / answered, answered);
  }

  private Slice viewers(int port, String credentials) throws IOException, InterruptedException {
    try (Viewers viewers = new Viewers(port, VIEWERS, credentials)) {
      // What opening them costs is no part of watching.
      TimeUnit.MILLISECONDS.sleep(SLICE_MILLIS);
      long before = cpu();
      long bytes = viewers.bytes();
      long start = System.nanoTime();
      TimeUnit.MILLISECONDS.sleep(WATCHED_MILLIS);
      double watched = VIEWERS * (System.nanoTime() - start) / 1e9;
      double megabits = (viewers.bytes() - bytes) * 8 / 1e6;
      return new Slice(megabits / watched, (cpu() - before) / 1e3 / megabits, 0);
    }
  }

  /** The processor time that the servers' process has used, in nanoseconds. */
  private long cpu() throws IOException {
    questions.println();
    return Long.parseLong(answers.readLine());
  }

  private static String spread(List<Pair> pairs, ToDoubleFunction<Pair> value, int digits) {
    double[] sorted = pairs.stream().mapToDouble(value).sorted().toArray();
    int last = sorted.length - 1;
    String number = "%." + digits + "f";
    return String.format(
        Locale.ROOT,
        number + " (" + number + "–" + number + ")",
        sorted[sorted.length / 2],
        sorted[Math.round(last * 0.1f)],
        sorted[Math.round(last * 0.9f)]);
  }
}
