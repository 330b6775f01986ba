package io.kydai.console.bench;

import com.sun.management.OperatingSystemMXBean;
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
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The process that shows cameras live, with log-ins, rights and audit over HTTP. It prints its
 * ports and a cookie, and for each line of its standard input, {@code cpu} or {@code memory}, the
 * processor time that it has used (ns), or the bytes on its heap, once collected, and beside it.
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
    System.out.println(running.guarded() + " " + rtspPort + " " + running.cookie());
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String asked = questions.readLine(); asked != null; asked = questions.readLine()) {
      System.out.println(asked.equals("memory") ? memory() : system.getProcessCpuTime());
    }
    System.exit(0);
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
