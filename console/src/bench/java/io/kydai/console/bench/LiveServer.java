package io.kydai.console.bench;

import io.kydai.analytics.scene.Scene;
import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.http.MeasuredServers;
import io.kydai.console.secrets.TestSecrets;
import io.kydai.console.store.Database;
import io.kydai.ingest.Ingest;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.streaming.Streaming;
import io.kydai.streaming.evidence.EvidenceSettings;
import io.kydai.streaming.live.event.LiveSubscriber;
import io.kydai.streaming.live.rtsp.RtspListener;
import io.kydai.streaming.live.rtsp.RtspServer;
import io.kydai.streaming.live.rtsp.RtspSource;
import io.kydai.streaming.live.rtsp.RtspViewer;
import io.kydai.streaming.live.whep.WhepAnswer;
import io.kydai.streaming.live.whep.WhepServer;
import io.kydai.streaming.live.whep.WhepSettings;
import io.kydai.streaming.live.whep.sdp.Offer;
import io.kydai.streaming.live.whep.sdp.UnusableOfferException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The process that shows cameras live, with log-ins, rights and audit over HTTP. It prints its
 * ports and a cookie, and for each line of its standard input: {@code cpu} and {@code compilers},
 * processor time as {@link ServerCpu} has it (ns); {@code memory}, the bytes on its heap, once
 * collected, and beside it; {@code whep CAMERA OFFER}, the answer, both in base64; {@code end}, how
 * many sessions of WebRTC it ends.
 */
final class LiveServer {
  private LiveServer() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Database database = Database.open(folder.resolve("kydai.db"));
    CameraRegistry registry =
        new CameraRegistry(
            database, TestSecrets.cipher(), MeasuredServers.cameras(), Clock.systemUTC());
    CameraId pulled = new CameraId(PacedStreams.PULLED);
    Ingest ingest = new Ingest(Clock.systemUTC(), new SimpleMeterRegistry(), status -> {});
    Streaming streaming =
        new Streaming(
            ingest,
            new EvidenceSettings(
                Files.createDirectories(folder.resolve("evidence")),
                Duration.ZERO,
                Duration.ofSeconds(1)),
            null,
            new SimpleMeterRegistry(),
            (camera, alert, item) -> {});
    streaming.add(pulled, Scene.EMPTY);
    ingest.add(CameraSource.of(pulled, args[1]));
    PacedStreams streams =
        new PacedStreams(registry, subscriber -> streaming.watch(pulled, subscriber));
    MeasuredServers.Running running = MeasuredServers.start(streams.cameras(), registry, database);
    RtspServer rtsp =
        new RtspServer(
            "127.0.0.1",
            0,
            (name, secret, address) -> Optional.of(new Anybody(streams)),
            Executors.newFixedThreadPool(2),
            new SimpleMeterRegistry());
    int rtspPort = rtsp.listen(new RtspListener(0, null, InetAddress::isLoopbackAddress));
    WhepServer whep =
        new WhepServer(
            new WhepSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                List.of(InetAddress.getLoopbackAddress())),
            Clock.systemUTC(),
            System::nanoTime,
            new SimpleMeterRegistry());
    Set<String> sessions = new HashSet<>();
    System.out.println(
        running.guarded() + " " + rtspPort + " " + whep.port() + " " + running.cookie());
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String asked = questions.readLine(); asked != null; asked = questions.readLine()) {
      String[] words = asked.split(" ");
      System.out.println(
          switch (words[0]) {
            case "memory" -> memory();
            case "whep" -> whep(whep, streams, words[1], words[2], sessions);
            case "end" -> end(whep, sessions);
            case "compilers" -> ServerCpu.compilers();
            default -> ServerCpu.nanos();
          });
    }
    System.exit(0);
  }

  /** As with RTSP, whoever asks may see every camera. */
  private static String whep(
      WhepServer whep, PacedStreams streams, String camera, String offer, Set<String> sessions) {
    try {
      String sdp = new String(Base64.getDecoder().decode(offer), StandardCharsets.UTF_8);
      WhepAnswer answer =
          whep.open(
                  Offer.parse(sdp),
                  subscriber -> streams.watch(new CameraId(camera), subscriber),
                  () -> {})
              .join();
      sessions.add(answer.session());
      return Base64.getEncoder().encodeToString(answer.sdp().getBytes(StandardCharsets.UTF_8));
    } catch (UnusableOfferException e) {
      throw new IllegalStateException("Chromium's offer is one", e);
    }
  }

  private static int end(WhepServer whep, Set<String> sessions) {
    sessions.forEach(one -> whep.end(one, "the bench has ended it"));
    int ended = sessions.size();
    sessions.clear();
    return ended;
  }

  private static long memory() {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return heap + direct + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
  }

  /** Whoever asks may see every camera: log-ins are no part of what is measured. */
  private record Anybody(PacedStreams streams) implements RtspViewer {
    @Override
    public String party() {
      return Integer.toString(System.identityHashCode(this));
    }

    @Override
    public boolean valid() {
      return true;
    }

    @Override
    public Optional<RtspSource> find(String camera, @Nullable String rendition) {
      CameraId id = new CameraId(camera);
      return Optional.of(
          new RtspSource() {
            @Override
            public boolean mayWatch() {
              return true;
            }

            @Override
            public Optional<Subscription> look(LiveSubscriber subscriber) {
              return streams.watch(id, subscriber);
            }

            @Override
            public Optional<Subscription> watch(LiveSubscriber subscriber) {
              return streams.watch(id, subscriber);
            }
          });
    }
  }
}
