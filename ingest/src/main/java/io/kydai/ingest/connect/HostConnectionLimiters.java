package io.kydai.ingest.connect;

import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * The limiters of all hosts that have cameras. A limiter exists while a camera uses it.
 * Thread-safe.
 */
public final class HostConnectionLimiters {
  private static final class Entry {
    private final HostConnectionLimiter limiter;
    private int cameras;

    Entry(HostConnectionLimiter limiter) {
      this.limiter = limiter;
    }
  }

  /** The handler of a probe's connection, which neither reads nor writes. */
  @ChannelHandler.Sharable
  private static final class NoHandler extends ChannelInboundHandlerAdapter {}

  private final Function<EventLoop, Bootstrap> bootstraps;
  private final Map<Endpoint, Entry> limiters = new HashMap<>();

  /**
   * Creates an empty set.
   *
   * @param bootstraps returns a bootstrap for connections on an event loop
   */
  public HostConnectionLimiters(Function<EventLoop, Bootstrap> bootstraps) {
    this.bootstraps = bootstraps;
  }

  /**
   * Returns the limiter of a camera's host. Each call must be followed by one call of {@link
   * #release}.
   *
   * @param loop the camera's event loop, which a new limiter uses too: if it took a loop of its own
   *     in turn, cameras of different hosts would have every other loop only
   */
  public synchronized HostConnectionLimiter take(CameraSource source, EventLoop loop) {
    Entry entry =
        limiters.computeIfAbsent(endpoint(source), host -> new Entry(limiter(host, loop)));
    entry.cameras++;
    return entry.limiter;
  }

  /** Releases a limiter that {@link #take} returned for the camera. */
  public synchronized void release(CameraSource source) {
    limiters.computeIfPresent(
        endpoint(source), (host, entry) -> --entry.cameras == 0 ? null : entry);
  }

  private static Endpoint endpoint(CameraSource source) {
    return Endpoint.of(source.address(), source.transport() == Transport.HTTP);
  }

  private HostConnectionLimiter limiter(Endpoint host, EventLoop loop) {
    Bootstrap probes = bootstraps.apply(loop).handler(new NoHandler());
    return new HostConnectionLimiter(
        loop, () -> probe(probes, host), () -> ThreadLocalRandom.current().nextDouble());
  }

  private static Future<Void> probe(Bootstrap probes, Endpoint host) {
    ChannelFuture connecting = probes.connect(host.host(), host.port());
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            connecting.channel().close();
          }
        });
    return connecting;
  }
}
