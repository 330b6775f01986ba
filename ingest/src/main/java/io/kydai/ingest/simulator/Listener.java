package io.kydai.ingest.simulator;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server port that can be closed and opened again. */
final class Listener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
  private static final long CLOSE_TIMEOUT_SECONDS = 5;

  private final ServerBootstrap bootstrap;
  private final InetSocketAddress address;
  private Channel channel;

  /**
   * Opens a port.
   *
   * @param port the port number; 0 for any free port
   * @throws IllegalStateException when the port cannot be bound
   */
  Listener(ServerBootstrap bootstrap, String host, int port) {
    this.bootstrap = bootstrap;
    ChannelFuture bound = bootstrap.bind(host, port).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IllegalStateException(
          "the camera simulator cannot listen on " + host + ":" + port, bound.cause());
    }
    this.channel = bound.channel();
    this.address = (InetSocketAddress) channel.localAddress();
  }

  /** Returns the port number. */
  int port() {
    return address.getPort();
  }

  /** Opens the port again, if it is closed. */
  synchronized void open() {
    if (!channel.isOpen()) {
      bind();
    }
  }

  private void bind() {
    ChannelFuture bound = bootstrap.bind(address);
    channel = bound.channel();
    bound.addListener(
        (ChannelFutureListener)
            done -> {
              if (!done.isSuccess()) {
                LOG.warn("port {} cannot be opened again", address.getPort(), done.cause());
              }
            });
  }

  /** Opens the port again after a time, if it is still closed then. */
  void openIn(long time, TimeUnit unit) {
    bootstrap.config().group().next().schedule(this::open, time, unit);
  }

  /**
   * Closes the port and keeps its connections. Must not be called on the event loop that accepts
   * connections.
   */
  @Override
  public void close() {
    Channel open;
    synchronized (this) {
      open = channel;
    }
    open.close().awaitUninterruptibly(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }
}
