package io.kydai.console.bench;

import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.media.Clip;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@code scripts/bench live}: {@code [SECONDS [VIEWERS [WARM_UP_SECONDS]]]},
 * 20, 100 and 25 without it. Viewers of 2 Mbit/s by each output, and beside them nginx sending as
 * many bytes, in one run and in turns; what counts is processor time per megabit, since the machine
 * may be busy. Then slow viewers beside others, and how long a picture takes from RTP to the
 * browser.
 */
public final class LiveMain {
  private static final int TURNS = 3;
  private static final int SETTLE_SECONDS = 4;
  private static final int IDLE_SECONDS = 4;

  /**
   * How often each output runs before it is measured: the compiler of a young process costs more
   * than the viewers, and a server runs for months. A viewer that answers no ping is closed after a
   * minute.
   */
  private static final int WARM_UPS = 3;

  private static final double MEGABITS_PER_VIEWER = 2;
  private static final String RTSP_HEAD = " RTSP/1.0\r\nCSeq: 1\r\nAuthorization: Basic YTpi\r\n";

  private final BufferedReader answers;
  private final PrintWriter questions;
  private final int seconds;
  private final int viewers;
  private final int warmUpSeconds;
  private int httpPort;
  private int rtspPort;
  private String cookie = "";

  private LiveMain(Process server, int seconds, int viewers, int warmUpSeconds) {
    answers =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    questions = new PrintWriter(server.getOutputStream(), true, StandardCharsets.UTF_8);
    this.seconds = seconds;
    this.viewers = viewers;
    this.warmUpSeconds = warmUpSeconds;
  }

  public static void main(String[] args) throws Exception {
    int seconds = args.length == 0 ? 20 : Integer.parseInt(args[0]);
    int viewers = args.length < 2 ? 100 : Integer.parseInt(args[1]);
    int warmUp = args.length < 3 ? 25 : Integer.parseInt(args[2]);
    Path folder = Files.createTempDirectory("kydai-bench-");
    try (InputStream clip =
            LiveMain.class.getResourceAsStream("/io/kydai/console/demo/campus-path.h264");
        CameraSimulator simulator =
            CameraSimulator.builder()
                .camera(new SimulatedCamera("gate", Clip.load(clip), 25))
                .start();
        PictureRelay relay = new PictureRelay(URI.create(simulator.address("gate").toString()))) {
      Process server =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx1g",
                  "-Dlogback.configurationFile=logback-quiet.xml",
                  LiveServer.class.getName(),
                  folder.toString(),
                  relay.url())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      try {
        new LiveMain(server, seconds, viewers, warmUp).measure(folder, relay);
      } finally {
        server.destroyForcibly().onExit().join();
      }
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void measure(Path folder, PictureRelay relay) throws Exception {
    String said = answers.readLine();
    if (said == null) {
      throw new IllegalStateException("the server did not start");
    }
    String[] words = said.split(" ");
    httpPort = Integer.parseInt(words[0]);
    rtspPort = Integer.parseInt(words[1]);
    cookie = "Cookie: " + words[2] + "\r\n";
    System.out.printf(
        Locale.ROOT,
        "%n%d viewers of %.0f Mbit/s on %d cameras of 25 pictures a second; median of %d turns of"
            + " %d s; load %s, %d cores%n%n",
        viewers,
        MEGABITS_PER_VIEWER,
        PacedStreams.COUNT,
        TURNS,
        seconds,
        Files.readString(Path.of("/proc/loadavg")).split(" ")[0],
        Runtime.getRuntime().availableProcessors());
    Optional<Nginx> nginx = Nginx.start(folder);
    if (nginx.isEmpty()) {
      System.out.println(
          "nginx is missing (Debian package " + Nginx.PACKAGE + "): no comparison\n");
    }
    try {
      costs(nginx.orElse(null));
    } finally {
      nginx.ifPresent(Nginx::close);
    }
    slowViewers();
    PictureDelays.print(httpPort, cookie.strip(), relay, seconds * TURNS);
  }

  /** What one server's turn cost. */
  private record Turn(double microsPerMegabit, double megabitsPerViewer, double bytesPerViewer) {}

  /** Opens viewers; closing what it returns ends them. */
  @FunctionalInterface
  private interface Opening {
    Watched open() throws IOException;
  }

  /** Viewers that are open. */
  private interface Watched extends AutoCloseable {
    long bytes() throws IOException;

    @Override
    void close() throws IOException;
  }

  /** A number that a server tells of itself. */
  @FunctionalInterface
  private interface Told {
    long get() throws IOException;
  }

  private void costs(@Nullable Nginx nginx) throws Exception {
    Turn[][] turns = new Turn[5][TURNS];
    for (int i = 0; i < WARM_UPS; i++) {
      for (Opening output : List.<Opening>of(this::webSockets, this::rtsp, this::players)) {
        Watched warming = output.open();
        try {
          TimeUnit.SECONDS.sleep(warmUpSeconds);
        } finally {
          warming.close();
        }
      }
    }
    for (int turn = 0; turn < TURNS; turn++) {
      turns[0][turn] = turn(this::webSockets, this::cpu, this::memory);
      turns[1][turn] = turn(this::rtsp, this::cpu, this::memory);
      turns[2][turn] = turn(this::players, this::cpu, this::memory);
      if (nginx != null) {
        turns[3][turn] = turn(() -> streams(nginx), nginx::cpu, nginx::memory);
        turns[4][turn] = turn(() -> files(nginx), nginx::cpu, nginx::memory);
      }
    }
    System.out.println(
        "| output | Mbit/s of a viewer | µs of a core for a Mbit | viewers per core | of nginx's by"
            + " parts | of nginx's by a paced answer | KiB of a viewer |");
    System.out.println("|---|---|---|---|---|---|---|");
    Turn[] parts = nginx == null ? null : turns[4];
    Turn[] paced = nginx == null ? null : turns[3];
    row("MSE over WebSocket", turns[0], parts, paced);
    row("RTSP, interleaved", turns[1], parts, paced);
    row("LL-HLS", turns[2], parts, paced);
    if (parts != null && paced != null) {
      row("nginx: a playlist and a part each 0.24 s", parts, null, null);
      row("nginx: one answer, paced", paced, null, null);
    }
  }

  private Turn turn(Opening opening, Told cpu, Told memory) throws Exception {
    long empty = memory.get();
    // What the server does for its cameras without viewers is no cost of a viewer.
    long idleBefore = cpu.get();
    TimeUnit.SECONDS.sleep(IDLE_SECONDS);
    double idle = (cpu.get() - idleBefore) / 1e3 / IDLE_SECONDS;
    try (Watched watched = opening.open()) {
      TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
      long cpuBefore = cpu.get();
      long bytesBefore = watched.bytes();
      TimeUnit.SECONDS.sleep(seconds);
      double megabits = (watched.bytes() - bytesBefore) * 8 / 1e6;
      double micros = (cpu.get() - cpuBefore) / 1e3 - idle * seconds;
      double held = memory.get() - empty;
      return new Turn(micros / megabits, megabits / viewers / seconds, held / viewers);
    }
  }

  private static void row(
      String what, Turn[] turns, Turn @Nullable [] parts, Turn @Nullable [] paced) {
    double micros = median(Arrays.stream(turns).mapToDouble(Turn::microsPerMegabit).toArray());
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.0f | %.0f | %s | %s | %.0f |%n",
        what,
        median(Arrays.stream(turns).mapToDouble(Turn::megabitsPerViewer).toArray()),
        micros,
        1e6 / micros / MEGABITS_PER_VIEWER,
        ratio(turns, parts),
        ratio(turns, paced),
        median(Arrays.stream(turns).mapToDouble(Turn::bytesPerViewer).toArray()) / 1024);
  }

  /** The median of the ratios of neighbouring turns; empty without a reference. */
  private static String ratio(Turn[] turns, Turn @Nullable [] reference) {
    if (reference == null) {
      return "";
    }
    double[] ratios = new double[turns.length];
    for (int i = 0; i < turns.length; i++) {
      ratios[i] = reference[i].microsPerMegabit() / turns[i].microsPerMegabit();
    }
    return String.format(Locale.ROOT, "%.2f", median(ratios));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private void webSocket(OpenStreams streams, int number, boolean reads) throws IOException {
    streams.open(
        httpPort,
        reads,
        "GET /api/v1/cameras/c"
            + number % PacedStreams.COUNT
            + "/live HTTP/1.1\r\nHost: 127.0.0.1:"
            + httpPort
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
            + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + cookie
            + "\r\n");
  }

  private Watched webSockets() throws IOException {
    OpenStreams streams = new OpenStreams("MSE over WebSocket");
    for (int i = 0; i < viewers; i++) {
      webSocket(streams, i, true);
    }
    return started(streams);
  }

  private Watched rtsp() throws IOException {
    OpenStreams streams = new OpenStreams("RTSP, interleaved");
    for (int i = 0; i < viewers; i++) {
      String address = "rtsp://127.0.0.1:" + rtspPort + "/c" + i % PacedStreams.COUNT;
      streams.open(
          rtspPort,
          true,
          "SETUP " + address + RTSP_HEAD + "Transport: RTP/AVP/TCP;unicast\r\n\r\n",
          "PLAY " + address + RTSP_HEAD + "Session: {session}\r\n\r\n");
    }
    return started(streams);
  }

  private Watched streams(Nginx nginx) throws IOException {
    OpenStreams streams = new OpenStreams("nginx, paced");
    for (int i = 0; i < viewers; i++) {
      streams.open(nginx.port(), true, "GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    return started(streams);
  }

  private static Watched started(OpenStreams streams) {
    streams.start();
    return new Watched() {
      @Override
      public long bytes() throws IOException {
        return streams.bytes();
      }

      @Override
      public void close() throws IOException {
        streams.close();
      }
    };
  }

  private Watched players() throws IOException {
    PartReaders readers = new PartReaders(httpPort, cookie);
    for (int i = 0; i < viewers; i++) {
      readers.player("/api/v1/cameras/c" + i % PacedStreams.COUNT + "/hls/");
    }
    return watched(readers);
  }

  private Watched files(Nginx nginx) throws IOException {
    PartReaders readers = new PartReaders(nginx.port(), "");
    for (int i = 0; i < viewers; i++) {
      readers.files("/live.m3u8", "/part.mp4");
    }
    return watched(readers);
  }

  private static Watched watched(PartReaders readers) {
    return new Watched() {
      @Override
      public long bytes() throws IOException {
        return readers.bytes();
      }

      @Override
      public void close() throws IOException {
        readers.close();
      }
    };
  }

  /** The same viewers alone, and beside as many that never read. */
  private void slowViewers() throws Exception {
    System.out.printf(
        "%n| %d viewers by WebSocket | Mbit/s of each | longest silence, median / worst (ms) |%n",
        viewers / 2);
    System.out.println("|---|---|---|");
    for (boolean slow : new boolean[] {false, true}) {
      try (OpenStreams streams = new OpenStreams("MSE over WebSocket")) {
        for (int i = 0; i < viewers / 2; i++) {
          webSocket(streams, i, true);
          if (slow) {
            webSocket(streams, i, false);
          }
        }
        streams.start();
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        streams.forget();
        long before = streams.bytes();
        TimeUnit.SECONDS.sleep(seconds);
        System.out.printf(
            Locale.ROOT,
            "| %s | %.2f | %.0f / %.0f |%n",
            slow ? "beside as many that never read" : "alone",
            (streams.bytes() - before) * 8 / 1e6 / seconds / (viewers / 2),
            streams.longestMillis(),
            streams.worstMillis());
      }
    }
  }

  private long cpu() throws IOException {
    questions.println("cpu");
    return Long.parseLong(answers.readLine());
  }

  private long memory() throws IOException {
    questions.println("memory");
    return Long.parseLong(answers.readLine());
  }
}
