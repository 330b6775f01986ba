package io.kydai.ingest.simulator;

import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.tls.Tls;
import io.kydai.ingest.simulator.transport.Transports;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server of simulated cameras at one RTSP port, {@code rtsp://host:port/name}, and optionally at
 * a port with TLS, {@code rtsps://host:port/name}. The cameras send interleaved over TCP, over UDP
 * and tunnelled in HTTP, with sender reports, and misbehave on request. A few event loops serve all
 * cameras, and one more accepts connections. At most {@value #MAX_CLIENTS} clients are connected at
 * a time; further connections are closed at once.
 */
public final class CameraSimulator implements AutoCloseable {
  static final int MAX_CLIENTS = 4096;
  private static final int MAX_LOOPS = 4;

  private final EventLoopGroup acceptors = loops(1);
  private final EventLoopGroup loops;
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Map<EventLoop, PlaybackScheduler> schedulers = new ConcurrentHashMap<>();
  private final Transports transports = new Transports();
  private final Tunnels tunnels = new Tunnels();
  private final SplittableRandom seeds = new SplittableRandom();
  private final Map<String, PlayedCamera> cameras;
  private final String host;
  private final @Nullable Tls tls;
  private final Listener plain;
  private final @Nullable Listener secured;

  private CameraSimulator(Builder builder) {
    this.cameras = PlayedCameras.of(builder.cameras.values());
    this.host = builder.host;
    this.tls = builder.tls;
    this.loops = loops(builder.loops);
    try {
      ServerBootstrap open = bootstrap(null);
      this.plain = new Listener(open, host, builder.port);
      this.secured =
          tls == null
              ? null
              : new Listener(bootstrap(tls.context(builder.tlsSuites)), host, builder.tlsPort);
      for (PlayedCamera camera : cameras.values()) {
        if (camera.camera().ownPort()) {
          camera.setOwnPort(new Listener(open, host, 0));
        }
      }
    } catch (IllegalStateException | IllegalArgumentException e) {
      end();
      throw e;
    }
  }

  private static EventLoopGroup loops(int threads) {
    var names = NamedThreadFactory.daemon("camera-simulator");
    return new MultiThreadIoEventLoopGroup(threads, names, NioIoHandler.newFactory());
  }

  private ServerBootstrap bootstrap(@Nullable SslContext security) {
    return new ServerBootstrap()
        .group(acceptors, loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 1024)
        // A large key picture fits, so that it alone does not make a client count as slow.
        .childOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(128 << 10, 512 << 10))
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                accept(channel, security);
              }
            });
  }

  private void accept(Channel channel, @Nullable SslContext security) {
    if (clients.size() >= MAX_CLIENTS) {
      channel.close();
      return;
    }
    clients.add(channel);
    Random random;
    synchronized (seeds) {
      random = new Random(seeds.nextLong());
    }
    PlaybackScheduler scheduler =
        schedulers.computeIfAbsent(channel.eventLoop(), PlaybackScheduler::new);
    if (security != null) {
      channel.pipeline().addLast(security.newHandler(channel.alloc()));
    }
    channel
        .pipeline()
        .addLast(
            new ProtocolDetector(
                cameras,
                tunnels,
                () -> new SessionHandler(cameras, transports, scheduler, random)));
  }

  /** Returns a builder without cameras. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the port of the server. */
  public int port() {
    return plain.port();
  }

  /**
   * Returns a camera's address, without credentials, with the camera's own port if it has one.
   *
   * @throws IllegalArgumentException when there is no such camera
   */
  public String address(String name) {
    int port = camera(name).ownPort().map(Listener::port).orElse(port());
    return "rtsp://" + host + ":" + port + "/" + name;
  }

  /**
   * Returns a camera's address with TLS, without credentials.
   *
   * @throws IllegalArgumentException when there is no such camera
   * @throws IllegalStateException when it was started without TLS
   */
  public String securedAddress(String name) {
    camera(name);
    if (secured == null) {
      throw noTls();
    }
    return "rtsps://" + host + ":" + secured.port() + "/" + name;
  }

  /** Returns the addresses of all cameras, sorted by name; with TLS, two for each camera. */
  public List<String> addresses() {
    return cameras.keySet().stream()
        .sorted()
        .flatMap(
            name ->
                secured != null
                    ? Stream.of(address(name), securedAddress(name))
                    : Stream.of(address(name)))
        .toList();
  }

  /**
   * Returns the certificate of the port with TLS.
   *
   * @throws IllegalStateException when it was started without TLS
   */
  public X509Certificate certificate() {
    if (tls == null) {
      throw noTls();
    }
    return tls.certificate();
  }

  private static IllegalStateException noTls() {
    return new IllegalStateException("the simulator was started without TLS");
  }

  /**
   * Makes a camera misbehave from its next picture on, in place of its previous fault.
   *
   * @throws IllegalArgumentException when there is no such camera, or it lacks the port or clip
   *     that the fault needs
   */
  public void misbehave(String name, Fault fault) {
    camera(name).misbehave(fault);
  }

  /** Removes a camera's fault. */
  public void behave(String name) {
    camera(name).misbehave(Fault.NONE);
  }

  /**
   * Returns the counts of a camera's clients, sessions and packets.
   *
   * @throws IllegalArgumentException when there is no such camera
   */
  public CameraCounts counts(String name) {
    return camera(name).countsNow();
  }

  private PlayedCamera camera(String name) {
    PlayedCamera camera = cameras.get(name);
    if (camera == null) {
      throw new IllegalArgumentException("there is no simulated camera " + name);
    }
    return camera;
  }

  /**
   * Closes all connections and ports, and ends the event loops. The call waits for their end for a
   * limited time.
   */
  @Override
  public void close() {
    plain.close();
    if (secured != null) {
      secured.close();
    }
    cameras.values().forEach(camera -> camera.ownPort().ifPresent(Listener::close));
    clients.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    end();
  }

  private void end() {
    acceptors.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    acceptors.terminationFuture().awaitUninterruptibly(2, TimeUnit.SECONDS);
    loops.terminationFuture().awaitUninterruptibly(2, TimeUnit.SECONDS);
  }

  /** Builds a simulator. */
  public static final class Builder {
    private final Map<String, SimulatedCamera> cameras = new LinkedHashMap<>();
    private String host = "127.0.0.1";
    private int port;
    private @Nullable Tls tls;
    private int tlsPort;
    private List<String> tlsSuites = List.of();
    private int loops = Math.min(MAX_LOOPS, Runtime.getRuntime().availableProcessors());

    private Builder() {}

    /** Sets the address to listen on; 127.0.0.1 by default. */
    public Builder host(String host) {
      this.host = host;
      return this;
    }

    /** Sets the port to listen on; a free one by default. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /** Adds a port with TLS and a new self-signed certificate. */
    public Builder tls(int port) {
      this.tls = Tls.selfSigned(host);
      this.tlsPort = port;
      return this;
    }

    /**
     * Adds a port with TLS.
     *
     * @param certificate a certificate chain in PEM, the camera's own certificate first
     * @param key the PKCS #8 key in PEM
     * @throws IllegalArgumentException when the files cannot be read or do not belong together
     */
    public Builder tls(int port, Path certificate, Path key) {
      this.tls = Tls.pem(certificate, key);
      this.tlsPort = port;
      return this;
    }

    /**
     * Limits the port with TLS to some cipher suites.
     *
     * @param suites the suites' Java names; suites of TLS 1.2 exclude TLS 1.3
     */
    public Builder tlsSuites(String... suites) {
      this.tlsSuites = List.of(suites);
      return this;
    }

    /**
     * Sets the number of event loops that serve the cameras, 1 to 64; by default one per processor,
     * up to 4.
     */
    public Builder loops(int count) {
      if (count < 1 || count > 64) {
        throw new IllegalArgumentException("there are 1 to 64 event loops");
      }
      this.loops = count;
      return this;
    }

    /**
     * Adds a camera.
     *
     * @throws IllegalArgumentException when there is a camera with this name already
     */
    public Builder camera(SimulatedCamera camera) {
      if (cameras.putIfAbsent(camera.name(), camera) != null) {
        throw new IllegalArgumentException("there is a camera " + camera.name() + " already");
      }
      return this;
    }

    /**
     * Starts the server.
     *
     * @throws IllegalArgumentException when a camera's clip cannot be put into packets in the
     *     camera's way
     * @throws IllegalStateException when a port cannot be bound
     */
    public CameraSimulator start() {
      return new CameraSimulator(this);
    }
  }
}
