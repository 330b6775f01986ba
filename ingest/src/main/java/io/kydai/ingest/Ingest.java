package io.kydai.ingest;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.camera.Camera;
import io.kydai.ingest.camera.IngestMetrics;
import io.kydai.ingest.camera.IngestSettings;
import io.kydai.ingest.camera.Subscriptions;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.ingest.concurrent.WakeUpCoalescing;
import io.kydai.ingest.connect.CheckedAddresses;
import io.kydai.ingest.connect.CheckedAddresses.OwnMachine;
import io.kydai.ingest.connect.HostConnectionLimiters;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource;
import io.kydai.ingest.media.AccessUnitSubscriber;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.KeyFrameRequest;
import io.kydai.ingest.media.MetadataDocument;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.status.CameraStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
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
import java.nio.channels.spi.SelectorProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entrance to ingest: adds and removes cameras, and manages their connections on a few event
 * loops. Thread-safe; {@link #close} must not be called on one of the event loops.
 *
 * <p>A camera's access units begin with a key frame. After a loss, the access units up to the next
 * key frame are marked {@link AccessUnit#damaged}, because they may refer to missing ones; that key
 * frame is marked {@link AccessUnit#discontinuity}. An access unit before which the camera's
 * timestamps jumped is also marked {@link AccessUnit#discontinuity}.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>threads</td><td>4, or the number of processors if that is less</td><td></td></tr>
 * <tr><td>time between two wake-ups of a thread for its sockets</td><td>8 ms at least</td>
 *     <td>bytes wait in the sockets' buffers: {@link WakeUpCoalescing}</td></tr>
 * <tr><td>time to connect</td><td>5 s</td><td>back-off</td></tr>
 * <tr><td>time for each response, until the camera plays</td><td>10 s</td><td>back-off</td></tr>
 * <tr><td>time without an access unit</td><td>5 s; 10 s</td><td>stalled; back-off</td></tr>
 * <tr><td>time to the first key frame</td><td>30 s while packets arrive</td><td>back-off</td></tr>
 * <tr><td>concurrent connection attempts to one host</td><td>8</td><td>the others wait: {@link
 *     io.kydai.ingest.connect.HostConnectionLimiter}</td></tr>
 * <tr><td>probes of a host that accepts no connection</td><td>one for all its cameras, every 0.5
 *     to 1.5 s; less often after ten minutes, finally every 15 to 45 s</td><td></td></tr>
 * <tr><td>time that a resolved address is cached</td><td>its TTL, but 1 to 60 s; a failure 2 s</td>
 *     <td>resolved again with the next attempt</td></tr>
 * <tr><td>back-off of a camera whose host accepts connections</td><td>random, up to 0.5 s,
 *     doubling up to 30 s; reset after
 *     10 s live</td><td></td></tr>
 * <tr><td>back-off after a rejected authentication</td><td>1 min, doubling up to 32 min, until
 *     the camera is live or added again, because cameras lock accounts</td><td></td></tr>
 * <tr><td>packets that wait for missing ones, over UDP</td><td>100 ms, 128 packets, 512 KiB</td>
 *     <td>the missing packets count as lost</td></tr>
 * <tr><td>requests for a key frame</td><td>one in 2 s</td><td></td></tr>
 * <tr><td>addresses that no camera has</td><td>{@link CheckedAddresses}</td><td>back-off</td></tr>
 * <tr><td>redirects in one attempt</td><td>5</td><td>back-off</td></tr>
 * <tr><td>time for a TLS handshake; for opening an HTTP tunnel</td><td>10 s each</td>
 *     <td>back-off</td></tr>
 * <tr><td>time from PLAY to the first packet over UDP</td><td>4 s</td><td>TCP is tried, once in
 *     an attempt</td></tr>
 * <tr><td>tracks of a camera</td><td>3: video, audio, metadata</td><td>others are ignored</td></tr>
 * <tr><td>a datagram</td><td>2 KiB</td><td>it is dropped</td></tr>
 * <tr><td>consecutive bytes that are neither a message nor a frame</td><td>128 KiB</td>
 *     <td>back-off</td></tr>
 * <tr><td>an audio frame</td><td>64 KiB (an RTP packet)</td><td></td></tr>
 * <tr><td>a metadata document</td><td>256 KiB</td><td>it is dropped</td></tr>
 * <tr><td>an access unit</td><td>8 MiB; its buffer shrinks again after large ones</td>
 *     <td>back-off</td></tr>
 * <tr><td>size of a parameter set; number of each kind</td><td>4 KiB; 64</td><td>ignored</td></tr>
 * <tr><td>tracks in a session description; formats of a track</td><td>32; 32</td>
 *     <td>ignored</td></tr>
 * <tr><td>bytes sent that a camera has not read yet</td><td>64 KiB</td><td>back-off</td></tr>
 * <tr><td>quotations of a camera's messages in errors</td><td>one line</td>
 *     <td>truncated; the password is hidden</td></tr>
 * <tr><td>an RTSP header; a body</td><td>64 KiB; 256 KiB</td><td>back-off</td></tr>
 * </table>
 */
public final class Ingest implements AccessUnitSource, AutoCloseable {
  /** The shortest time between two wake-ups of an event loop for its sockets. */
  public static final Duration WAKE_UP_INTERVAL = Duration.ofMillis(8);

  private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);
  private static final int MAX_LOOPS = 4;
  private static final long DNS_TIMEOUT_MILLIS = 3000;

  /** The limits of the TTL of resolved addresses, in seconds, which is the resolver's unit. */
  private static final int DNS_SHORTEST_TTL = 1;

  private static final int DNS_LONGEST_TTL = 60;
  private static final int DNS_NEGATIVE_TTL = 2;

  /** The time limits of {@link #close} in milliseconds, in total less than two seconds. */
  private static final long STOP_MILLIS = 1400;

  private static final long END_MILLIS = 500;

  private record Running(CameraSource source, Camera camera, IngestMetrics meters) {}

  private final Clock clock;
  private final MeterRegistry metrics;
  private final Consumer<CameraStatus> onStatus;
  private final IngestSettings settings;
  private final MultiThreadIoEventLoopGroup loops;
  private final DnsAddressResolverGroup names;
  private final CheckedAddresses addresses;
  private final CheckedAddresses addressesByHttp;
  private final HostConnectionLimiters limiters;
  private final Subscriptions subscriptions = new Subscriptions();
  private final Map<CameraId, Running> cameras = new ConcurrentHashMap<>();
  private final Set<PulledStream> pulled = ConcurrentHashMap.newKeySet();
  private boolean closed;

  /**
   * Creates ingest without cameras, with the default settings.
   *
   * @param clock the wall clock
   * @param metrics the registry for the cameras' metrics
   * @param onStatus called at every change of a camera's state, on the camera's event loop
   */
  public Ingest(Clock clock, MeterRegistry metrics, Consumer<CameraStatus> onStatus) {
    this(clock, metrics, onStatus, IngestSettings.DEFAULT);
  }

  /** Creates ingest without cameras, with the platform's name servers. */
  public Ingest(
      Clock clock,
      MeterRegistry metrics,
      Consumer<CameraStatus> onStatus,
      IngestSettings settings) {
    this(clock, metrics, onStatus, settings, DnsServerAddressStreamProviders.platformDefault());
  }

  /**
   * Creates ingest without cameras.
   *
   * @param nameServers the name servers for cameras that are configured by host name
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
            NioIoHandler.newFactory(
                SelectorProvider.provider(), () -> new WakeUpCoalescing(WAKE_UP_INTERVAL)));
    names =
        new DnsAddressResolverGroup(
            new DnsNameResolverBuilder()
                .datagramChannelType(NioDatagramChannel.class)
                .socketChannelType(NioSocketChannel.class)
                .nameServerProvider(nameServers)
                .ttl(DNS_SHORTEST_TTL, DNS_LONGEST_TTL)
                .negativeTtl(DNS_NEGATIVE_TTL)
                .queryTimeoutMillis(DNS_TIMEOUT_MILLIS));
    addresses = new CheckedAddresses(names, OwnMachine.ALLOWED);
    addressesByHttp = new CheckedAddresses(names, OwnMachine.SPELLED_OUT);
    limiters = new HostConnectionLimiters(loop -> bootstrap(loop, addresses));
  }

  /**
   * Adds a camera and connects to it.
   *
   * @throws IllegalArgumentException when there is a camera with that id already
   * @throws IllegalStateException after {@link #close}
   */
  public void add(CameraSource source) {
    start(source, null);
  }

  /**
   * Adds a camera as {@link #add(CameraSource)} does.
   *
   * @param keyFrames requests key frames when the camera does not support requests over RTCP
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
    IngestMetrics meters = new IngestMetrics(metrics, source.id());
    Camera camera = camera(source, keyFrames, subscriptions, meters, onStatus);
    cameras.put(source.id(), new Running(source, camera, meters));
    camera.start();
  }

  /**
   * Receives a stream beside the cameras, such as a camera's second one, until it is closed: for
   * one subscriber, without metrics and without a place among the cameras' states. It connects, and
   * connects again, as a camera's stream does, and counts at its host's connection limiter.
   *
   * @param source its id may be that of a camera: it is in the access units and in the log
   * @param subscriber called on the stream's event loop, which it must not hold
   * @throws IllegalStateException when ingest is closed
   */
  public synchronized PulledStream pull(CameraSource source, AccessUnitSubscriber subscriber) {
    requireNonNull(subscriber);
    if (closed) {
      throw new IllegalStateException("ingest is closed");
    }
    Subscriptions own = new Subscriptions();
    own.accessUnits().add(source.id(), subscriber::onAccessUnit);
    IngestMetrics uncounted = new IngestMetrics(new CompositeMeterRegistry(), source.id());
    Camera camera = camera(source, null, own, uncounted, status -> {});
    PulledStream stream =
        new PulledStream(
            camera,
            ended -> {
              pulled.remove(ended);
              limiters.release(source);
            });
    pulled.add(stream);
    camera.start();
    return stream;
  }

  private Camera camera(
      CameraSource source,
      @Nullable KeyFrameRequest keyFrames,
      Subscriptions takers,
      IngestMetrics meters,
      Consumer<CameraStatus> listener) {
    EventLoop loop = loops.next();
    return new Camera(
        source,
        loop,
        bootstrap(loop, source.transport() == Transport.HTTP ? addressesByHttp : addresses),
        limiters.take(source, loop),
        keyFrames,
        settings,
        clock,
        takers,
        meters,
        listener);
  }

  private Bootstrap bootstrap(EventLoop loop, CheckedAddresses checked) {
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .resolver(checked)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.connectTimeout().toMillis())
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true);
  }

  /** Disconnects and removes a camera. Does nothing when there is none with that id. */
  public synchronized void remove(CameraId camera) {
    Running running = cameras.remove(camera);
    if (running != null) {
      running.camera.stop();
      running.meters.close();
      limiters.release(running.source);
    }
  }

  /**
   * Makes a camera's next connection attempt now, where one is scheduled for later. The host's
   * connection limiter still applies.
   *
   * @return whether there is such a camera
   */
  public boolean retry(CameraId camera) {
    Running running = cameras.get(camera);
    if (running != null) {
      running.camera.retry();
    }
    return running != null;
  }

  /** Returns a camera's current status; empty when there is no such camera. */
  public Optional<CameraStatus> status(CameraId camera) {
    return Optional.ofNullable(cameras.get(camera)).map(running -> running.camera.status());
  }

  /**
   * Returns whether every event loop runs a task within the given time, which a blocked or ended
   * one does not. Waits at most that time. Must not be called on an event loop.
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
   * Subscribes to a camera's audio in AAC or G.711, if it sends any. As in {@link
   * AccessUnitSubscriber#onAccessUnit}, the subscriber must neither block nor do long computations.
   */
  @Override
  public Subscription subscribeAudio(CameraId camera, Consumer<AudioFrame> subscriber) {
    return subscriptions.audio().add(requireNonNull(camera), requireNonNull(subscriber));
  }

  /** Subscribes to a camera's metadata, under the same conditions as {@link #subscribeAudio}. */
  public Subscription subscribeMetadata(CameraId camera, Consumer<MetadataDocument> subscriber) {
    return subscriptions.metadata().add(requireNonNull(camera), requireNonNull(subscriber));
  }

  /**
   * Sends TEARDOWN in every session, closes all sockets and ends all threads, within two seconds. A
   * second call has no effect.
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
    List<Future<Void>> ends = new ArrayList<>();
    stopping.forEach(running -> ends.add(running.camera.stop()));
    List.copyOf(pulled).forEach(stream -> ends.add(stream.stop()));
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
