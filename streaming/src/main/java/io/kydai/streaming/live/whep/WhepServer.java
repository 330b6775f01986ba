package io.kydai.streaming.live.whep;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.media.Codec;
import io.kydai.streaming.live.whep.dtls.DtlsSession;
import io.kydai.streaming.live.whep.dtls.Fingerprint;
import io.kydai.streaming.live.whep.dtls.NodeCertificate;
import io.kydai.streaming.live.whep.ice.IceCredentials;
import io.kydai.streaming.live.whep.sdp.Answer;
import io.kydai.streaming.live.whep.sdp.Answer.Sources;
import io.kydai.streaming.live.whep.sdp.Chosen;
import io.kydai.streaming.live.whep.sdp.IceFragment;
import io.kydai.streaming.live.whep.sdp.Offer;
import io.kydai.streaming.live.whep.sdp.UnusableOfferException;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Live pictures by WebRTC to everybody who made an offer: an agent of ICE-lite with one port, of
 * UDP and of TCP, for all sessions; of UDP alone where another program has the port by TCP. Safe
 * for many threads; no method waits, but for the constructor and the end.
 *
 * <p>Bound: {@value #MOST_SESSIONS} sessions at a time; the next is refused. Each has {@link
 * PictureFeed}'s and {@link io.kydai.streaming.live.whep.rtp.PacketHistory}'s bounds.
 */
public final class WhepServer implements AutoCloseable {
  public static final int MOST_SESSIONS = 128;

  private static final Logger LOG = LoggerFactory.getLogger(WhepServer.class);

  /** Handshakes wait for browsers most of their time; nobody's is to wait for another's. */
  private static final int HANDSHAKE_THREADS = MOST_SESSIONS;

  private static final int ID_BYTES = 16;
  private static final long CLOSE_SECONDS = 2;

  /** How long the thread waits for packets that were on their way, whose buffers it releases. */
  private static final long QUIET_MILLIS = 20;

  private final Clock clock;
  private final LongSupplier nanos;
  private final SecureRandom random = new SecureRandom();
  private final WhepMetrics meters;
  private final NodeCertificate certificate;
  private final EventLoopGroup loop;
  private final ThreadPoolExecutor handshakes;
  private final BrowserPorts ports;
  private final List<InetSocketAddress> candidates;
  private final Host host = new Host();
  private final AtomicInteger places = new AtomicInteger();
  private final Map<String, Running> sessions = new ConcurrentHashMap<>();

  /** A session, and the tag of its state, which one thread at a time changes. */
  private static final class Running {
    final WhepSession session;
    String tag;

    Running(WhepSession session, String tag) {
      this.session = session;
      this.tag = tag;
    }
  }

  /**
   * @param nanos a clock that is never set
   * @throws IOException when the port cannot be bound by UDP
   */
  public WhepServer(WhepSettings settings, Clock clock, LongSupplier nanos, MeterRegistry registry)
      throws IOException {
    this.clock = requireNonNull(clock);
    this.nanos = requireNonNull(nanos);
    meters = new WhepMetrics(registry, places::get);
    certificate = NodeCertificate.make(random, clock);
    loop =
        new MultiThreadIoEventLoopGroup(
            1, NamedThreadFactory.of("whep"), NioIoHandler.newFactory());
    handshakes =
        new ThreadPoolExecutor(
            HANDSHAKE_THREADS,
            HANDSHAKE_THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(MOST_SESSIONS),
            NamedThreadFactory.of("whep-handshake"));
    handshakes.allowCoreThreadTimeOut(true);
    try {
      ports = new BrowserPorts(loop, settings.bind(), meters);
    } catch (IOException e) {
      stopThreads();
      throw e;
    }
    candidates =
        settings.announced().stream()
            .map(address -> new InetSocketAddress(address, ports.port()))
            .toList();
    loop.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  /** Returns the UDP port. */
  public int port() {
    return ports.port();
  }

  /** Returns why browsers cannot come by TCP, with the port; empty where they can. */
  public Optional<String> tcpFault() {
    return ports.tcpFault();
  }

  private Answer answer(IceCredentials ice) {
    return new Answer(ice, certificate.fingerprint(), candidates, ports.tcpFault().isEmpty());
  }

  /** Returns how many sessions there are, connected or connecting. */
  public int sessions() {
    return places.get();
  }

  /**
   * Begins a session. Its pictures are asked of the source when it is connected.
   *
   * @param onEnd is called once when a session is over, on a thread that must not wait; also of one
   *     whose answer nobody waited for
   * @return fails with {@link UnusableOfferException}, {@link UnplayableStreamException} or {@link
   *     TooManySessionsException}; does not complete where the camera sends no picture, and is
   *     cancelled then
   */
  public CompletableFuture<WhepAnswer> open(Offer offer, StreamSource source, Runnable onEnd) {
    if (places.getAndUpdate(taken -> Math.min(taken + 1, MOST_SESSIONS)) == MOST_SESSIONS) {
      return CompletableFuture.failedFuture(
          new TooManySessionsException("There are " + MOST_SESSIONS + " sessions already.", true));
    }
    AtomicBoolean held = new AtomicBoolean(true);
    Runnable leave =
        () -> {
          if (held.getAndSet(false)) {
            places.decrementAndGet();
          }
        };
    StreamProbe probe = new StreamProbe();
    Optional<Subscription> probing;
    try {
      probing = source.watch(probe);
    } catch (RuntimeException e) {
      leave.run();
      return CompletableFuture.failedFuture(e);
    }
    if (probing.isEmpty()) {
      leave.run();
      return CompletableFuture.failedFuture(
          new TooManySessionsException("The camera has too many viewers.", false));
    }
    CompletableFuture<WhepAnswer> answer =
        probe.found().thenApply(stream -> begin(offer, source, both(leave, onEnd), stream));
    CompletableFuture<WhepAnswer> result = new CompletableFuture<>();
    // On the event loop, which knows the session by then.
    answer.whenCompleteAsync(
        (made, failure) -> {
          Throwable cause =
              failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
          if (failure == null) {
            // Where nobody waits any more, nobody would end it either.
            if (!result.complete(made)) {
              end(made.session(), "given up by the client");
            }
          } else {
            result.completeExceptionally(requireNonNull(cause));
          }
        },
        loop);
    result.whenComplete(
        (made, failure) -> {
          probing.get().close();
          if (failure != null) {
            leave.run();
          }
        });
    return result;
  }

  private static Runnable both(Runnable one, Runnable other) {
    return () -> {
      one.run();
      other.run();
    };
  }

  private WhepAnswer begin(
      Offer offer, StreamSource source, Runnable onEnd, StreamProbe.Stream stream) {
    try {
      return begun(offer, source, onEnd, stream);
    } catch (UnusableOfferException | UnplayableStreamException e) {
      throw new CompletionException(e);
    }
  }

  private WhepAnswer begun(
      Offer offer, StreamSource source, Runnable onEnd, StreamProbe.Stream stream)
      throws UnusableOfferException, UnplayableStreamException {
    if (stream.parameters().codec() != Codec.H264) {
      throw new UnplayableStreamException(
          "It sends " + stream.parameters().codec() + ", which is not sent by WebRTC.");
    }
    if (stream.reordered()) {
      throw new UnplayableStreamException("It sends B-pictures, which WebRTC cannot put in order.");
    }
    Chosen chosen = offer.choose(stream.parameters().sequenceParameterSets().get(0));
    String id = token();
    Sources sources = new Sources(random.nextInt(), random.nextInt(), "kydai-" + token());
    IceCredentials ice = IceCredentials.random(random);
    WhepSession session =
        new WhepSession(
            new WhepSession.Terms(
                id, offer.ice(), offer.fingerprint(), chosen, sources, source, onEnd),
            ice,
            host);
    String tag = token();
    sessions.put(id, new Running(session, tag));
    loop.execute(() -> ports.name(ice.name(), session));
    String sdp = answer(ice).text(offer, chosen, sources, random.nextInt(Integer.MAX_VALUE));
    return new WhepAnswer(id, tag, sdp);
  }

  private String token() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Returns the tag of a session's state; empty where there is no such session. */
  public Optional<String> tag(String id) {
    Running running = sessions.get(id);
    if (running == null) {
      return Optional.empty();
    }
    synchronized (running) {
      return Optional.of(running.tag);
    }
  }

  /**
   * Restarts a session's ICE.
   *
   * @return empty where there is no such session
   */
  public Optional<WhepAnswer> restart(String id, IceFragment fragment) {
    Running running = sessions.get(id);
    if (running == null) {
      return Optional.empty();
    }
    IceCredentials ice = IceCredentials.random(random);
    String tag = token();
    synchronized (running) {
      running.tag = tag;
    }
    loop.execute(
        () -> {
          if (sessions.containsKey(id)) {
            // What it has now still holds until the new one is used; everything older goes.
            ports.forgetNames(running.session);
            ports.name(running.session.local().name(), running.session);
            running.session.restart(ice, fragment.ice());
            ports.name(ice.name(), running.session);
          }
        });
    return Optional.of(new WhepAnswer(id, tag, answer(ice).fragment()));
  }

  /**
   * Ends a session; nothing happens where there is none.
   *
   * @param reason in words
   */
  public void end(String id, String reason) {
    Running running = sessions.get(id);
    if (running != null) {
      loop.execute(() -> running.session.end(reason));
    }
  }

  private void tick() {
    List.copyOf(sessions.values()).forEach(running -> running.session.tick(clock.instant()));
    ports.flush();
  }

  /** What this is to its sessions. */
  private final class Host implements SessionHost {
    @Override
    public Executor loop() {
      return loop;
    }

    @Override
    public long nanos() {
      return nanos.getAsLong();
    }

    @Override
    public SecureRandom random() {
      return random;
    }

    @Override
    public WhepMetrics meters() {
      return meters;
    }

    @Override
    public void send(byte[] datagram, BrowserPath to) {
      ports.send(datagram, to);
    }

    @Override
    public void forget(WhepSession session, BrowserPath path) {
      ports.forget(session, path);
    }

    @Override
    public void flush() {
      ports.flush();
    }

    @Override
    public void after(Duration delay, Runnable task) {
      var unused = loop.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public DtlsSession dtls(
        Fingerprint expected, Consumer<byte[]> out, DtlsSession.Listener listener) {
      return new DtlsSession(certificate, expected, out, handshakes, listener);
    }

    @Override
    public void ended(WhepSession session, String reason) {
      sessions.remove(session.id());
      ports.forgetNames(session);
      session.paths().forEach(path -> ports.forget(session, path));
      LOG.debug("WebRTC: session {} ended: {}", session.id(), reason);
    }
  }

  /** Ends every session, tells browsers so, and closes the port. */
  @Override
  public void close() {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    loop.execute(
        () -> {
          List.copyOf(sessions.values()).forEach(one -> one.session.end("the node is stopping"));
          ended.complete(null);
        });
    ended.join();
    stopHandshakes();
    ports.close();
    stopThreads();
  }

  private void stopHandshakes() {
    handshakes.shutdown();
    try {
      if (!handshakes.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        handshakes.shutdownNow();
      }
    } catch (InterruptedException e) {
      handshakes.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void stopThreads() {
    handshakes.shutdownNow();
    loop.shutdownGracefully(QUIET_MILLIS, CLOSE_SECONDS * 1_000, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly();
  }
}
