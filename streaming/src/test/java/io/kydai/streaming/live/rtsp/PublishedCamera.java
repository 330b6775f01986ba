package io.kydai.streaming.live.rtsp;

import io.kydai.ingest.concurrent.SerialExecutor;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.streaming.SampleVideo;
import io.kydai.streaming.live.LiveStream;
import io.kydai.streaming.live.event.LiveSubscriber;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A camera {@code gate-1} behind the server under test. It has sent its first picture already, and
 * sends the others, one each {@value #STEP_MILLIS} ms, once somebody watches. One may log in as
 * {@code vms} with {@code secret}.
 */
final class PublishedCamera implements RtspEntrance, AutoCloseable {
  static final int STEP_MILLIS = 20;

  final RtspServer server;
  final int port;
  final AtomicInteger viewings = new AtomicInteger();
  final AtomicBoolean allowed = new AtomicBoolean(true);
  volatile boolean feedWhenWatched = true;
  private final List<AccessUnit> units;
  private final boolean endless;
  private final ExecutorService cameraThread = Executors.newSingleThreadExecutor();
  private final ScheduledExecutorService feeder = Executors.newSingleThreadScheduledExecutor();
  private final ThreadPoolExecutor worker =
      new ThreadPoolExecutor(2, 2, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(32));
  final LiveStream stream;
  private final AtomicBoolean fed = new AtomicBoolean();

  /**
   * @param endless whether the camera stays when it has sent everything
   */
  PublishedCamera(List<AccessUnit> units, boolean endless) throws IOException {
    this.units = units;
    this.endless = endless;
    stream =
        new LiveStream(SampleVideo.CAMERA, new SerialExecutor("gate-1", cameraThread), lost -> {});
    add(units.get(0));
    server = new RtspServer("127.0.0.1", 0, this, worker, new SimpleMeterRegistry());
    port = server.listen(new RtspListener(0, null, InetAddress::isLoopbackAddress));
  }

  /** The camera sends a picture. */
  void add(AccessUnit unit) {
    cameraThread.execute(() -> stream.add(unit));
  }

  /** The camera is removed. */
  void endNow() {
    cameraThread.execute(stream::end);
  }

  String url() {
    return "rtsp://vms:secret@127.0.0.1:" + port + "/gate-1";
  }

  void feed() {
    if (fed.getAndSet(true)) {
      return;
    }
    Iterator<AccessUnit> left = units.listIterator(1);
    feeder.scheduleAtFixedRate(
        () -> {
          if (left.hasNext()) {
            add(left.next());
          } else if (!endless) {
            cameraThread.execute(stream::end);
            feeder.shutdown();
          }
        },
        STEP_MILLIS,
        STEP_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  @Override
  public Optional<RtspViewer> logIn(String name, String secret, InetAddress address)
      throws TooManyAttemptsException {
    if (name.equals("hasty")) {
      throw new TooManyAttemptsException(Duration.ofSeconds(7));
    }
    return secret.equals("secret") ? Optional.of(new Viewer(name)) : Optional.empty();
  }

  private final class Viewer implements RtspViewer {
    private final String name;

    Viewer(String name) {
      this.name = name;
    }

    @Override
    public String party() {
      return name;
    }

    @Override
    public boolean valid() {
      return true;
    }

    @Override
    public Optional<RtspSource> find(String camera, @Nullable String rendition) {
      return camera.equals("gate-1") && rendition == null
          ? Optional.of(new Source())
          : Optional.empty();
    }
  }

  private final class Source implements RtspSource {
    @Override
    public boolean mayWatch() {
      return allowed.get();
    }

    @Override
    public Optional<Subscription> look(LiveSubscriber subscriber) {
      return stream.watch(subscriber);
    }

    @Override
    public Optional<Subscription> watch(LiveSubscriber subscriber) {
      viewings.incrementAndGet();
      if (feedWhenWatched) {
        feed();
      }
      return stream
          .watch(subscriber)
          .map(
              live ->
                  () -> {
                    live.close();
                    viewings.decrementAndGet();
                  });
    }
  }

  @Override
  public void close() {
    server.close();
    feeder.shutdownNow();
    worker.shutdownNow();
    cameraThread.shutdownNow();
  }
}
