package io.kydai.ingest;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.camera.Camera;
import io.kydai.ingest.camera.IngestMetrics;
import io.kydai.ingest.camera.IngestSettings;
import io.kydai.ingest.camera.Subscriptions;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.ingest.connect.HostConnectionLimiters;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource;
import io.kydai.ingest.media.AccessUnitSubscriber;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.KeyFrameRequest;
import io.kydai.ingest.media.MetadataDocument;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.status.CameraStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.concurrent.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The room itself: every camera's connection, on a few event loops. Any thread may call it, its own
 * event loops excepted for {@link #close}.
 *
 * <p>A camera's access units begin with a key frame. After a loss everything up to the next key
 * frame is marked {@link AccessUnit#damaged}, because it may refer to what is missing; that key
 * frame is marked {@link AccessUnit#discontinuity}. So is an access unit before which the camera's
 * timestamps jumped.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>threads</td><td>4, or the processors where those are fewer</td><td></td></tr>
 * <tr><td>to connect</td><td>5 s</td><td>back-off</td></tr>
 * <tr><td>an answer, until the camera plays</td><td>10 s</td><td>back-off</td></tr>
 * <tr><td>without an access unit</td><td>5 s; 10 s</td><td>stalled; back-off</td></tr>
 * <tr><td>to the first key frame</td><td>30 s while packets come</td><td>back-off</td></tr>
 * <tr><td>attempts to connect to one host</td><td>8 under way</td><td>the others wait: {@link
 *     HostGate}</td></tr>
 * <tr><td>a host that takes no connection</td><td>probed by TCP, for all its cameras at once, each
 *     0.5 to 1.5 s; more slowly after ten minutes, each 15 to 45 s at last</td><td></td></tr>
 * <tr><td>an address that a name server gave</td><td>its TTL, but 1 to 60 s; 2 s that there is
 *     none</td><td>asked for anew with the next attempt</td></tr>
 * <tr><td>back-off of a camera whose host takes connections</td><td>drawn from up to 0.5 s, doubling up to 30 s; from the beginning after
 *     10 s live</td><td></td></tr>
 * <tr><td>back-off after a refused log-in</td><td>1 min, doubling up to 32 min, until the camera is
 *     live again or is added anew: cameras lock accounts</td><td></td></tr>
 * <tr><td>packets that wait for others, over UDP</td><td>100 ms, 128 packets, 512 KiB</td><td>what
 *     is missing is lost</td></tr>
 * <tr><td>asking for a key frame</td><td>every 2 s</td><td></td></tr>
 * <tr><td>redirects in one attempt</td><td>5</td><td>back-off</td></tr>
 * <tr><td>a TLS handshake; an HTTP tunnel</td><td>10 s each</td><td>back-off</td></tr>
 * <tr><td>from PLAY to the first packet over UDP</td><td>4 s</td><td>TCP is tried, once in an
 *     attempt</td></tr>
 * <tr><td>tracks of a camera</td><td>3: video, sound, metadata</td><td>others are ignored</td></tr>
 * <tr><td>a datagram</td><td>2 KiB</td><td>it is dropped</td></tr>
 * <tr><td>bytes without sense in a row</td><td>128 KiB</td><td>back-off</td></tr>
 * <tr><td>an audio frame</td><td>64 KiB (an RTP packet)</td><td></td></tr>
 * <tr><td>a metadata document</td><td>256 KiB</td><td>it is left out</td></tr>
 * <tr><td>an access unit</td><td>8 MiB; its buffer shrinks when large ones no longer come</td>
 *     <td>back-off</td></tr>
 * <tr><td>a parameter set; how many</td><td>4 KiB; 64</td><td>left out</td></tr>
 * <tr><td>tracks, formats of a track in a description</td><td>32; 32</td><td>left out</td></tr>
 * <tr><td>bytes that a camera does not read</td><td>64 KiB</td><td>back-off</td></tr>
 * <tr><td>what a camera is quoted with in errors</td><td>one line of it, or 16 bytes</td><td>cut;
 *     its password is hidden</td></tr>
 * <tr><td>an RTSP header; a body</td><td>64 KiB; 256 KiB</td><td>back-off</td></tr>
 * </table>
 */
public final class Ingest implements AccessUnitSource, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);
  private static final int MAX_LOOPS = 4;
  private static final long DNS_TIMEOUT_MILLIS = 3000;

  /** In seconds, as the resolver counts. */
  private static final int DNS_SHORTEST_TTL = 1;

  private static final int DNS_LONGEST_TTL = 60;
  private static final int DNS_NEGATIVE_TTL = 2;

  /** Together they stay below the two seconds that {@link #close} may take. */
  private static final long STOP_MILLIS = 1400;

  private static final long END_MILLIS = 500;

  private record Running(CameraSource source, Camera camera, IngestMetrics meters) {}

  private final Clock clock;
  private final MeterRegistry metrics;
  private final Consumer<CameraStatus> onStatus;
  private final IngestSettings settings;
  private final MultiThreadIoEventLoopGroup loops;
  private final DnsAddressResolverGroup names;
  private final HostConnectionLimiters gates;
  private final Subscriptions subscriptions = new Subscriptions();
  private final Map<CameraId, Running> cameras = new ConcurrentHashMap<>();
  private boolean closed;

  /**
   * @param clock for wall-clock times
   * @param onStatus hears of every change of a camera's state, on the camera's event loop
   */
  public Ingest(Clock clock, MeterRegistry metrics, Consumer<CameraStatus> onStatus) {
    this(clock, metrics, onStatus, IngestSettings.DEFAULT);
  }

  public Ingest(
      Clock clock,
      MeterRegistry metrics,
      Consumer<CameraStatus> onStatus,
      IngestSettings settings) {
    this(clock, metrics, onStatus, settings, DnsServerAddressStreamProviders.platformDefault());
  }

  /**
   * @param nameServers who is asked for the addresses of cameras that are given by name
   */
  public Ingest(
      Clock clock,
      MeterRegistry metrics,
      Consumer<CameraStatus> onStatus,
      IngestSettings settings,
      DnsServerAddressStreamProvider nameServers) {
    this.clock = requireNonNull(clock);
    this.metrics = requireNonNull(metrics);
    this.onStatus = requireNonNull(onStatus);
    this.settings = requireNonNull(settings);
    loops =
        new MultiThreadIoEventLoopGroup(
            Math.min(MAX_LOOPS, Runtime.getRuntime().availableProcessors()),
            NamedThreadFactory.daemon("ingest"),
            NioIoHandler.newFactory());
    names =
        new DnsAddressResolverGroup(
            new DnsNameResolverBuilder()
                .datagramChannelType(NioDatagramChannel.class)
                .socketChannelType(NioSocketChannel.class)
                .nameServerProvider(nameServers)
                .ttl(DNS_SHORTEST_TTL, DNS_LONGEST_TTL)
                .negativeTtl(DNS_NEGATIVE_TTL)
                .queryTimeoutMillis(DNS_TIMEOUT_MILLIS));
    gates = new HostConnectionLimiters(loops::next, this::bootstrap);
  }

  /**
   * Starts to pull a camera.
   *
   * @throws IllegalArgumentException when there is a camera of that id already
   * @throws IllegalStateException after {@link #close}
   */
  public void add(CameraSource source) {
    start(source, null);
  }

  /**
   * As {@link #add(CameraSource)}.
   *
   * @param keyFrames asks the camera for key frames where it does not offer that over RTCP
   */
  public void add(CameraSource source, KeyFrameRequest keyFrames) {
    start(source, keyFrames);
  }

  private synchronized void start(CameraSource source, @Nullable KeyFrameRequest keyFrames) {
    if (closed) {
      throw new IllegalStateException("ingest is closed");
    }
    if (cameras.containsKey(source.id())) {
      throw new IllegalArgumentException("there is a camera " + source.id() + " already");
    }
    EventLoop loop = loops.next();
    IngestMetrics meters = new IngestMetrics(metrics, source.id());
    Camera camera =
        new Camera(
            source,
            loop,
            bootstrap(loop),
            gates.take(source),
            keyFrames,
            settings,
            clock,
            subscriptions,
            meters,
            onStatus);
    cameras.put(source.id(), new Running(source, camera, meters));
    camera.start();
  }

  private Bootstrap bootstrap(EventLoop loop) {
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .resolver(names)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.connectTimeout().toMillis())
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true);
  }

  /** Stops pulling a camera and forgets it; nothing happens when there is none of that id. */
  public synchronized void remove(CameraId camera) {
    Running running = cameras.remove(camera);
    if (running != null) {
      running.camera.stop();
      running.meters.close();
      gates.release(running.source);
    }
  }

  /** A camera's health now. */
  public Optional<CameraStatus> status(CameraId camera) {
    return Optional.ofNullable(cameras.get(camera)).map(running -> running.camera.status());
  }

  /**
   * Whether every event loop takes up work within the time, as one that is blocked or gone does
   * not. Waits no longer than that; no event loop may call it.
   */
  public boolean responds(Duration within) {
    List<Future<?>> answers = new ArrayList<>();
    try {
      loops.forEach(loop -> answers.add(loop.submit(() -> {})));
    } catch (RejectedExecutionException e) {
      return false; // The loops have ended.
    }
    long deadline = System.nanoTime() + within.toNanos();
    boolean all = true;
    for (Future<?> answer : answers) {
      long left = Math.max(0, deadline - System.nanoTime());
      all &= answer.awaitUninterruptibly(left, TimeUnit.NANOSECONDS);
    }
    return all;
  }

  @Override
  public Subscription subscribe(CameraId camera, AccessUnitSubscriber subscriber) {
    requireNonNull(subscriber);
    return subscriptions.accessUnits().add(requireNonNull(camera), subscriber::onAccessUnit);
  }

  /**
   * Subscribes to a camera's sound, if it sends any that is known: AAC and G.711. What holds for
   * {@link AccessUnitSubscriber#onAccessUnit} holds here: it must neither wait nor compute.
   */
  public Subscription subscribeAudio(CameraId camera, Consumer<AudioFrame> subscriber) {
    return subscriptions.audio().add(requireNonNull(camera), requireNonNull(subscriber));
  }

  /** Subscribes to the metadata that a camera sends beside its pictures, likewise. */
  public Subscription subscribeMetadata(CameraId camera, Consumer<MetadataDocument> subscriber) {
    return subscriptions.metadata().add(requireNonNull(camera), requireNonNull(subscriber));
  }

  /**
   * Sends TEARDOWN where there is a session, closes every socket and ends every thread, in two
   * seconds at most. Closing twice does nothing more.
   */
  @Override
  public void close() {
    List<Running> stopping;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      stopping = List.copyOf(cameras.values());
      cameras.clear();
    }
    List<Future<Void>> ends = stopping.stream().map(running -> running.camera.stop()).toList();
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(STOP_MILLIS);
    for (Future<Void> end : ends) {
      end.awaitUninterruptibly(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
    stopping.forEach(running -> running.meters.close());
    names.close();
    boolean ended =
        loops
            .shutdownGracefully(0, END_MILLIS / 2, TimeUnit.MILLISECONDS)
            .awaitUninterruptibly(END_MILLIS, TimeUnit.MILLISECONDS);
    if (!ended) {
      LOG.warn("the event loops did not end within {} ms", END_MILLIS);
    }
  }
}
