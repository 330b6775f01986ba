package io.kydai.console.bench;

import io.kydai.console.bench.LiveTurns.Output;
import io.kydai.console.bench.LiveTurns.Watched;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.media.Clip;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The command line of {@code scripts/bench live}: {@code [SECONDS [VIEWERS [WARM_UP_SECONDS
 * [OUTPUTS]]]]}, 20, 100, 25 and all without it; OUTPUTS is a pattern of the names in the table.
 * Viewers of 2 Mbit/s by each output, and beside them nginx sending as many bytes, in one run and
 * in turns; what counts is processor time per megabit, since the machine may be busy. Then slow
 * viewers beside others, and how long a picture takes from RTP to the browser.
 */
public final class LiveMain {
  private static final int SETTLE_SECONDS = 4;

  /**
   * How often each output runs before it is measured: the compiler of a young process costs more
   * than the viewers, and a server runs for months. A viewer that answers no ping is closed after a
   * minute.
   */
  private static final int WARM_UPS = 3;

  private final LiveOutputs outputs;
  private final LiveProcess server;
  private final int seconds;
  private final int viewers;
  private final int warmUpSeconds;
  private final Pattern wanted;

  private LiveMain(
      LiveProcess server, int seconds, int viewers, int warmUpSeconds, Pattern wanted) {
    this.server = server;
    outputs = new LiveOutputs(server, viewers);
    this.seconds = seconds;
    this.viewers = viewers;
    this.warmUpSeconds = warmUpSeconds;
    this.wanted = wanted;
  }

  public static void main(String[] args) throws Exception {
    int seconds = args.length == 0 ? 20 : Integer.parseInt(args[0]);
    int viewers = args.length < 2 ? 100 : Integer.parseInt(args[1]);
    int warmUp = args.length < 3 ? 25 : Integer.parseInt(args[2]);
    Pattern wanted = Pattern.compile(args.length < 4 ? "" : args[3]);
    Path folder = Files.createTempDirectory("kydai-bench-");
    try (InputStream clip =
            LiveMain.class.getResourceAsStream("/io/kydai/console/demo/campus-path.h264");
        CameraSimulator simulator =
            CameraSimulator.builder()
                .camera(new SimulatedCamera("gate", Clip.load(clip), 25))
                .start();
        PictureRelay relay = new PictureRelay(URI.create(simulator.address("gate").toString()));
        LiveProcess server = new LiveProcess(folder, relay.url())) {
      new LiveMain(server, seconds, viewers, warmUp, wanted).measure(folder, relay);
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private void measure(Path folder, PictureRelay relay) throws Exception {
    System.out.printf(
        Locale.ROOT,
        "%n%d viewers of 2 Mbit/s on %d cameras of 25 pictures a second; median of %d turns of"
            + " %d s; load %s, %d cores%n%n",
        viewers,
        PacedStreams.COUNT,
        LiveTurns.TURNS,
        seconds,
        Files.readString(Path.of("/proc/loadavg")).split(" ")[0],
        Runtime.getRuntime().availableProcessors());
    Optional<Nginx> nginx = Nginx.start(folder);
    if (nginx.isEmpty()) {
      System.out.println(
          "nginx is missing (Debian package " + Nginx.PACKAGE + "): no comparison\n");
    }
    try {
      List<Output> compared =
          beside(nginx).stream().filter(one -> wanted.matcher(one.name()).find()).toList();
      warmUp(compared.stream().filter(one -> one.server() == server).toList());
      long before = server.compilers();
      new LiveTurns(seconds, compared).print();
      System.out.printf(
          Locale.ROOT,
          "%nNot in it: the JVM's compilers, %.1f s of a core meanwhile%n",
          (server.compilers() - before) / 1e9);
    } finally {
      nginx.ifPresent(Nginx::close);
    }
    if (!wanted.pattern().isEmpty()) {
      return;
    }
    slowViewers();
    PictureDelays.print(
        server.httpPort(), server.cookie().strip(), relay, seconds * LiveTurns.TURNS);
  }

  private void warmUp(List<Output> ours) throws Exception {
    for (int i = 0; i < WARM_UPS; i++) {
      for (Output output : ours) {
        try (Watched warming = output.opening().open()) {
          TimeUnit.SECONDS.sleep(warmUpSeconds);
          warming.bytes();
        }
      }
    }
  }

  /** WebRTC is encrypted, and so is what it is compared with. */
  private List<Output> beside(Optional<Nginx> nginx) {
    List<Output> all = new ArrayList<>();
    Output parts = null;
    Output tls = null;
    if (nginx.isPresent()) {
      Nginx there = nginx.get();
      parts = new Output("nginx by parts", there, () -> outputs.files(there), null);
      tls = new Output("nginx by parts over TLS", there, () -> outputs.filesOverTls(there), null);
    }
    all.add(new Output("MSE over WebSocket", server, outputs::webSockets, parts));
    all.add(new Output("RTSP, interleaved", server, outputs::rtsp, parts));
    all.add(new Output("LL-HLS", server, outputs::players, parts));
    if (parts != null) {
      all.add(parts);
    }
    all.add(new Output("WebRTC", server, outputs::webRtc, tls));
    if (tls != null) {
      all.add(tls);
    }
    nginx.ifPresent(
        there ->
            all.add(
                new Output("nginx: one answer, paced", there, () -> outputs.paced(there), null)));
    return all;
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
          outputs.webSocket(streams, i, true);
          if (slow) {
            outputs.webSocket(streams, i, false);
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
}
