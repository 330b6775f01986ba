package io.kydai.ingest.simulator;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Simulated cameras behind one RTSP port: {@code rtsp://host:port/name}. They play over TCP
 * interleaved and UDP, with sender reports, and can be told to misbehave. One event loop serves
 * all; at most {@value #MAX_CLIENTS} clients at once, beyond which a new one is closed at once.
 */
public final class CameraSimulator implements AutoCloseable {
  static final int MAX_CLIENTS = 4096;

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("camera-simulator", true), NioIoHandler.newFactory());
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Map<String, PlayedCamera> cameras;
  private final String host;
  private final Channel server;

  private CameraSimulator(Builder builder) {
    long start = System.nanoTime();
    Map<String, PlayedCamera> played = new LinkedHashMap<>();
    builder.cameras.forEach((name, camera) -> played.put(name, new PlayedCamera(camera, start)));
    this.cameras = Map.copyOf(played);
    this.host = builder.host;
    PortPairs ports = new PortPairs();
    SplittableRandom seeds = new SplittableRandom();
    var bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            // Room for a large key picture, so that it alone does not make a client look slow.
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(128 << 10, 512 << 10))
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (clients.size() >= MAX_CLIENTS) {
                      channel.close();
                      return;
                    }
                    clients.add(channel);
                    var random = new java.util.Random(seeds.nextLong());
                    channel
                        .pipeline()
                        .addLast(new RequestDecoder(), new SessionHandler(cameras, ports, random));
                  }
                })
            .bind(host, builder.port)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      throw new IllegalStateException(
          "the camera simulator cannot listen on " + host + ":" + builder.port, bound.cause());
    }
    this.server = bound.channel();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The port that it listens on. */
  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /**
   * A camera's address, without a password.
   *
   * @throws IllegalArgumentException when there is no such camera
   */
  public String address(String name) {
    camera(name);
    return "rtsp://" + host + ":" + port() + "/" + name;
  }

  /** Makes a camera misbehave, from its next picture on. */
  public void misbehave(String name, Fault fault) {
    camera(name).misbehave(Optional.of(fault));
  }

  /** Makes a camera behave again. */
  public void behave(String name) {
    camera(name).misbehave(Optional.empty());
  }

  private PlayedCamera camera(String name) {
    PlayedCamera camera = cameras.get(name);
    if (camera == null) {
      throw new IllegalArgumentException("there is no simulated camera " + name);
    }
    return camera;
  }

  /** Closes every connection and port, and ends the event loop. Waits at most two seconds. */
  @Override
  public void close() {
    server.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    clients.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }

  /** What to simulate, and where. */
  public static final class Builder {
    private final Map<String, SimulatedCamera> cameras = new LinkedHashMap<>();
    private String host = "127.0.0.1";
    private int port;

    private Builder() {}

    /** The address to listen on: 127.0.0.1 unless told otherwise. */
    public Builder host(String host) {
      this.host = host;
      return this;
    }

    /** The port to listen on: a free one unless told otherwise. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /**
     * @throws IllegalArgumentException when there is a camera of that name already
     */
    public Builder camera(SimulatedCamera camera) {
      if (cameras.putIfAbsent(camera.name(), camera) != null) {
        throw new IllegalArgumentException("there is a camera " + camera.name() + " already");
      }
      return this;
    }

    /**
     * Starts to listen.
     *
     * @throws IllegalStateException when the port cannot be listened on
     */
    public CameraSimulator start() {
      return new CameraSimulator(this);
    }
  }
}
